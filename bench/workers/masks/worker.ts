/** Turns masks as the gateway does before a submit, and nothing else. `PUT` keeps one, `POST` turns it anew. */
import { keyOfTurned } from "../../../src/media/keys.ts";
import { storeTurned } from "../../../src/media/stored-mask.ts";

interface Env {
	readonly IMAGES: R2Bucket;
}

export default {
	fetch: async (request, { IMAGES }) => {
		const key = `inputs${new URL(request.url).pathname}`;
		if (request.method === "PUT") {
			await IMAGES.put(key, request.body);
			return new Response(null, { status: 204 });
		}
		await IMAGES.delete(keyOfTurned(key, "white"));
		const turned = await storeTurned(IMAGES, key, "white", null);
		return turned.ok ? Response.json(turned.value) : Response.json(turned.error, { status: 400 });
	},
} satisfies ExportedHandler<Env>;
