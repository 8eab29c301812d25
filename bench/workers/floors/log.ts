/** A log in an object, which one call reads whole. */
import { DurableObject } from "cloudflare:workers";
import type { Env, Floor } from "./env.ts";

export class Log extends DurableObject<Env> {
	append(rows: readonly string[]): void {
		const { sql } = this.ctx.storage;
		sql.exec("CREATE TABLE log (seq INTEGER PRIMARY KEY, event TEXT NOT NULL)");
		for (const row of rows) sql.exec("INSERT INTO log (event) VALUES (?)", row);
	}

	read(): string {
		const rows = this.ctx.storage.sql.exec<{ event: string }>("SELECT event FROM log ORDER BY seq").toArray();
		return `[${rows.map(({ event }) => event).join(",")}]`;
	}
}

/** `PUT /log/{name}` writes a log from a list of texts. `GET /log/{name}` reads it by one call to its object. */
export const log: Floor = async (request, { LOG }) => {
	const stub = LOG.getByName(new URL(request.url).pathname);
	if (request.method === "GET") return new Response(await stub.read());
	await stub.append(await request.json());
	return new Response(null, { status: 204 });
};
