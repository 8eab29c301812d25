/** Floors: the least work of the same runtime, which Darkroom is measured against. */
import { empty } from "./empty.ts";
import type { Env, Floor } from "./env.ts";
import { job } from "./job.ts";
import { log } from "./log.ts";
import { object } from "./object.ts";
import { base64, picture } from "./pictures.ts";
import { stream } from "./stream.ts";

export { Keeper } from "./keeper.ts";
export { Log } from "./log.ts";

/** Floors by the first segment of their paths. */
const FLOORS: Readonly<Record<string, Floor>> = {
	empty,
	object,
	stream,
	job,
	log,
	picture,
	base64,
};

export default {
	fetch: (request, env, ctx) => {
		const floor = FLOORS[new URL(request.url).pathname.split("/")[1] ?? ""];
		return floor === undefined ? new Response(null, { status: 404 }) : floor(request, env, ctx);
	},
} satisfies ExportedHandler<Env>;
