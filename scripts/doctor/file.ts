/** Fetches the picture of a result, and states how the CDN serves it. */
import { err } from "../../src/result.ts";
import { type Called, call } from "./call.ts";
import type { Sample } from "./question.ts";
import { mediaTypeOf } from "./samples.ts";
import { isRecord, parseJson } from "./shape.ts";
import type { Target } from "./target.ts";

/** First bytes of the types that Darkroom stores as pictures. */
const MAGIC: readonly (readonly [type: string, magic: string])[] = [
	["image/png", "89504e47"],
	["image/jpeg", "ffd8ff"],
	["image/webp", "52494646"],
];

/** Hosts that may be named. Another one could be anything. */
const KNOWN_HOST = /^[a-z0-9]{1,12}\.fal\.media$/;

export async function fileSample(result: Called, { queueUrl }: Target, secrets: Set<string>): Promise<Sample> {
	const name = "file";
	if (!result.ok) return { case: name, answer: result };
	const url = pictureUrl(parseJson(result.value.body));
	if (url === null || !URL.canParse(url)) return { case: name, answer: err("the result has no picture") };
	secrets.add(url);
	const { protocol, host, origin } = new URL(url);
	if (protocol !== "https:" && origin !== new URL(queueUrl).origin) {
		return { case: name, answer: err(`the picture's address begins with ${protocol}`) };
	}
	// Without the key: the CDN is none of the queue's.
	const file = await call(url);
	if (!file.ok) return { case: name, answer: file };
	const { headers, bytes } = file.value;
	const type = mediaTypeOf(headers);
	const [sniffed = "no picture"] =
		MAGIC.find(([, magic]) => Buffer.from(bytes).toString("hex", 0, 8).startsWith(magic)) ?? [];
	const length = headers["content-length"];
	return {
		case: name,
		answer: file,
		facts: {
			"content-length": length === undefined ? "missing" : Number(length) === bytes.length ? "the file's" : "another",
			"content-type": type.startsWith("image/") ? "of a picture" : type,
			content: sniffed === "no picture" ? sniffed : sniffed === type ? "of its type" : "of another type",
		},
		shown: { host: KNOWN_HOST.test(host) ? host : "another", type },
	};
}

function pictureUrl(result: unknown): string | null {
	const first = isRecord(result) && Array.isArray(result.images) ? result.images[0] : undefined;
	return isRecord(first) && typeof first.url === "string" ? first.url : null;
}
