import type { Floor } from "./env.ts";

/** A new object with one row and an alarm. */
export const object: Floor = async (request, { KEEPER }) => {
	await KEEPER.get(KEEPER.newUniqueId()).keep(await request.text());
	return new Response("{}");
};
