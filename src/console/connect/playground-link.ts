/** Makes the link that imports this gateway into gpt_image_playground (its README: settings in the address). */

/** A page over https may ask a gateway on this machine, but the `.dev` one asks https alone. */
const PAGES = {
	https: "https://gpt-image-playground.cooksleep.dev/",
	http: "https://cooksleep.github.io/gpt_image_playground/",
} as const;

/** @param manifest `/integrations/gpt-image-playground.json`. It holds no key, and neither does the link: it stays in histories */
export function toPlaygroundLink(origin: string, manifest: object): string {
	const page = origin.startsWith("https:") ? PAGES.https : PAGES.http;
	return `${page}?settings=${encodeURIComponent(JSON.stringify(manifest))}`;
}
