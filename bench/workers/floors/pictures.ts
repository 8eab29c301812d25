/** Pictures in a bucket, served by a Worker that checks nothing. */
import type { Floor } from "./env.ts";

/** `PUT /picture/{key}` stores a picture, and `GET /picture/{key}` serves it. */
export const picture: Floor = async (request, { IMAGES }) => {
	const [, , key = ""] = new URL(request.url).pathname.split("/");
	if (request.method === "PUT") {
		await IMAGES.put(key, request.body, { httpMetadata: { contentType: "image/png" } });
		return new Response(null, { status: 204 });
	}
	const isConditional = request.headers.has("if-none-match");
	const object = await (isConditional ? IMAGES.get(key, { onlyIf: request.headers }) : IMAGES.get(key));
	if (object === null) return new Response(null, { status: 404 });
	const headers = { "content-type": "image/png", etag: object.httpEtag };
	return "body" in object ? new Response(object.body, { headers }) : new Response(null, { status: 304, headers });
};

/** `GET /base64/{key},{key}…` holds each picture whole in memory, and encodes it in one go. */
export const base64: Floor = async (request, { IMAGES }) => {
	const [, , keys = ""] = new URL(request.url).pathname.split("/");
	const data = await Promise.all(
		keys.split(",").map(async (key) => {
			const object = await IMAGES.get(key);
			const bytes = new Uint8Array((await object?.arrayBuffer()) ?? []);
			return { b64_json: bytes.toBase64() };
		}),
	);
	return Response.json({ data });
};
