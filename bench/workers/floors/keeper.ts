/** An object for each request, as a job has one, without Darkroom's work. */
import { DurableObject } from "cloudflare:workers";
import { TINY_PNG } from "../../tiny-png.ts";
import type { Env } from "./env.ts";

const FAR_MS = 86_400_000;

export class Keeper extends DurableObject<Env> {
	/** Writes one row and the alarm. Both are durable before the answer. */
	keep(text: string): void {
		const { sql } = this.ctx.storage;
		sql.exec("CREATE TABLE log (seq INTEGER PRIMARY KEY, text TEXT NOT NULL)");
		sql.exec("INSERT INTO log (text) VALUES (?)", text);
		void this.ctx.storage.setAlarm(Date.now() + FAR_MS);
	}

	/** Commits as a watched job of one picture does. Each commit is durable before the next, and two set the alarm. */
	async keepJob(text: string): Promise<void> {
		const { storage, id } = this.ctx;
		const append = () => storage.sql.exec("INSERT INTO log (text) VALUES (?)", text);
		this.keep(text);
		await storage.sync();
		append();
		await storage.sync();
		append();
		await storage.sync();
		await this.env.IMAGES.put(`images/${id}/0.png`, TINY_PNG, { httpMetadata: { contentType: "image/png" } });
		append();
		void storage.setAlarm(Date.now() + 2 * FAR_MS);
	}

	override alarm(): void {}
}
