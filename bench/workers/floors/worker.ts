import { empty } from "./empty.ts";
import type { Env, Floor } from "./env.ts";
import { job } from "./job.ts";
import { object } from "./object.ts";
import { stream } from "./stream.ts";

export { Keeper } from "./keeper.ts";

/** Floors: what the same runtime takes at least, next to which Darkroom is measured. By their paths' first segments. */
const FLOORS: Readonly<Record<string, Floor>> = {
	empty,
	object,
	stream,
	job,
};

export default {
	fetch: (request, env, ctx) => {
		const floor = FLOORS[new URL(request.url).pathname.split("/")[1] ?? ""];
		return floor === undefined ? new Response(null, { status: 404 }) : floor(request, env, ctx);
	},
} satisfies ExportedHandler<Env>;
