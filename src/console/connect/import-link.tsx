/** Imports this gateway into gpt_image_playground: by a link, or by its configuration. */

import type { Api } from "../api/client.ts";
import { CopyButton } from "../parts/copy.tsx";
import { Icon } from "../parts/icons.tsx";
import { Problem } from "../parts/problem.tsx";
import { useLoaded } from "../parts/use-loaded.ts";
import { toPlaygroundLink } from "./playground-link.ts";
import { words } from "./words.ts";

export function ImportLink({ api }: { readonly api: Api }) {
	const manifest = useLoaded((signal) => api.ask<object>("/integrations/gpt-image-playground.json", { signal }), [api]);
	const w = words();
	if (manifest.failure !== null) return <Problem failure={manifest.failure} onRetry={manifest.reload} />;
	if (manifest.value === null) return null;
	return (
		<div class="connect-import">
			<a
				class="button"
				href={toPlaygroundLink(location.origin, manifest.value)}
				target="_blank"
				rel="noopener noreferrer"
			>
				<Icon name="external" size={18} />
				{w.importLink}
			</a>
			<CopyButton text={JSON.stringify(manifest.value, null, 2)} label={w.copyManifest} />
			<span class="field-hint">{w.importHint}</span>
		</div>
	);
}
