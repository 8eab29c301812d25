/** A new object, the commits of a job in it, and a picture in R2. */
import type { Floor } from "./env.ts";

export const job: Floor = async (request, { KEEPER }) => {
	await KEEPER.get(KEEPER.newUniqueId()).keepJob(await request.text());
	return new Response("{}");
};
