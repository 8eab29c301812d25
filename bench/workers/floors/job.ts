import type { Floor } from "./env.ts";

/** A new object, a job's commits in it, and its picture in R2. */
export const job: Floor = async (request, { KEEPER }) => {
	await KEEPER.get(KEEPER.newUniqueId()).keepJob(await request.text());
	return new Response("{}");
};
