/** Signs and checks the addresses that need no access key: links to pictures and to what they are drawn from, and fal's webhooks. */
import type { Config } from "../config.ts";

/** A picture as its link names it: the job's id, and its file: `<index>.<ext>`, or `<index>` of an input. */
export interface PictureName {
	readonly job: string;
	readonly file: string;
}

/** Names the pictures that a link leads to. A signature for one kind does not open the other. */
export type LinkKind = "images" | "inputs";

export interface Links {
	/** Returns the link's path and query: `/images/{job}/{file}?exp=<unix seconds>&sig=<base64url>`. The same input gives the same link. */
	sign(kind: LinkKind, picture: PictureName, expiresAtMs: number): Promise<string>;
	/** Returns true if `query` holds one unexpired `exp` and one `sig` that some key signed for this picture. Other parameters are ignored. */
	verify(kind: LinkKind, picture: PictureName, query: URLSearchParams, nowMs: number): Promise<boolean>;
	/** Returns the path of the address that fal calls for a slot of a job. Its last part, a MAC, is one that nobody else can make: base64url, 43 characters. */
	webhookPath(job: string, slot: number): Promise<string>;
	verifyWebhookMac(job: string, slot: number, mac: string): Promise<boolean>;
}

const LABELS: Readonly<Record<LinkKind, string>> = {
	images: "darkroom image links",
	inputs: "darkroom input links",
};
const WEBHOOK_LABEL = "darkroom webhooks";
/** Twelve digits last beyond the year 33000. */
const EXPIRY = /^[1-9]\d{0,11}$/;

/** Of pictures that were shown lately: a list or a chat that is read again has the same links. */
const MAX_REMEMBERED = 1_000;

const linksByConfig = new WeakMap<Config, Links>();

/** Returns the same links for the same configuration, so that an isolate derives its keys once. */
export function createLinks(config: Config): Links {
	const links = linksByConfig.get(config) ?? linksOf(config.signingSecrets);
	linksByConfig.set(config, links);
	return links;
}

function linksOf(secrets: Config["signingSecrets"]): Links {
	const signers = { images: createSigner(secrets, LABELS.images), inputs: createSigner(secrets, LABELS.inputs) };
	const webhooks = createSigner(secrets, WEBHOOK_LABEL);
	const textOf = ({ job, file }: PictureName, exp: string) => `${job}/${file}\n${exp}`;
	const remembered = new Map<string, string>();
	async function signOnce(kind: LinkKind, link: string, text: string): Promise<string> {
		const known = remembered.get(link);
		if (known !== undefined) return known;
		const sig = await signers[kind].sign(text);
		const [oldest] = remembered.size < MAX_REMEMBERED ? [] : remembered.keys();
		if (oldest !== undefined) remembered.delete(oldest);
		remembered.set(link, sig);
		return sig;
	}

	return {
		async sign(kind, picture, expiresAtMs) {
			const exp = String(Math.floor(expiresAtMs / 1000));
			const link = `/${kind}/${picture.job}/${picture.file}?exp=${exp}`;
			return `${link}&sig=${await signOnce(kind, link, textOf(picture, exp))}`;
		},
		async verify(kind, picture, query, nowMs) {
			const exp = onlyValue(query, "exp");
			const sig = onlyValue(query, "sig");
			if (exp === null || sig === null || !EXPIRY.test(exp)) return false;
			return (await signers[kind].verify(textOf(picture, exp), sig)) && nowMs < Number(exp) * 1000;
		},
		webhookPath: async (job, slot) => {
			const name = slotName(job, slot);
			return `/webhooks/fal/${name}/${await webhooks.sign(name)}`;
		},
		verifyWebhookMac: (job, slot, mac) => webhooks.verify(slotName(job, slot), mac),
	};
}

/** Slot 0 is named as the job, as before there were others: addresses that fal has stay valid. */
function slotName(job: string, slot: number): string {
	return slot === 0 ? job : `${job}/${slot}`;
}

function onlyValue(query: URLSearchParams, name: string): string | null {
	const [value, ...more] = query.getAll(name);
	return value === undefined || more.length > 0 ? null : value;
}

interface Signer {
	sign(text: string): Promise<string>;
	verify(text: string, mac: string): Promise<boolean>;
}

function createSigner(secrets: Config["signingSecrets"], label: string): Signer {
	// Keep values and never promises: a promise belongs to the request that made it, and may die with it.
	let derived: [CryptoKey, ...CryptoKey[]] | undefined;
	const keys = async () => {
		const [first, ...older] = secrets;
		derived ??= [await deriveKey(first, label), ...(await Promise.all(older.map((old) => deriveKey(old, label))))];
		return derived;
	};

	return {
		sign: (text) => (derived === undefined ? keys().then(([first]) => macOf(first, text)) : macOf(derived[0], text)),
		async verify(text, mac) {
			const given = encode(mac);
			const expected = await Promise.all((await keys()).map((key) => macOf(key, text)));
			// Compare the texts and not the bytes: base64 has several spellings for the same bytes. Compare with every key: the time tells nothing.
			const fits = expected.map((own) => equalsInConstantTime(encode(own), given));
			return fits.includes(true);
		},
	};
}

async function deriveKey(secret: string, label: string): Promise<CryptoKey> {
	const base = await crypto.subtle.importKey("raw", encode(secret), "HKDF", false, ["deriveKey"]);
	const derivation = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: encode(label) };
	return crypto.subtle.deriveKey(derivation, base, { name: "HMAC", hash: "SHA-256", length: 256 }, false, ["sign"]);
}

async function macOf(key: CryptoKey, text: string): Promise<string> {
	return new Uint8Array(await crypto.subtle.sign("HMAC", key, encode(text))).toBase64({
		alphabet: "base64url",
		omitPadding: true,
	});
}

/** The length is no secret; `timingSafeEqual` throws if it differs. */
function equalsInConstantTime(one: Uint8Array, other: Uint8Array): boolean {
	return one.byteLength === other.byteLength && crypto.subtle.timingSafeEqual(one, other);
}

const encoder = new TextEncoder();

function encode(text: string): Uint8Array {
	return encoder.encode(text);
}
