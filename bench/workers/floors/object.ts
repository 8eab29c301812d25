/** A new object with one row and an alarm. */
import type { Floor } from "./env.ts";

export const object: Floor = async (request, { KEEPER }) => {
	await KEEPER.get(KEEPER.newUniqueId()).keep(await request.text());
	return new Response("{}");
};
