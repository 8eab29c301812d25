/** Plays fal: passes calls to a simulator, and changes some of its answers. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { startServer } from "./http-server.ts";

export interface ProxiedAnswer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

/** Returns what is different about an answer; null to pass it on as it is. A header that is empty is taken out. */
export type Change = (request: ProxiedRequest, answer: ProxiedAnswer) => Partial<ProxiedAnswer> | null;

export interface ProxiedRequest {
	readonly method: string;
	readonly path: string;
	readonly authorization: string;
}

/** The proxy sets these itself. */
const OWN_HEADERS = ["connection", "content-encoding", "content-length", "keep-alive", "transfer-encoding"];

export async function startChangingProxy(simUrl: string) {
	let change: Change = () => null;
	const requests: ProxiedRequest[] = [];
	const pass = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
		const { method = "GET", url: path = "/", headers } = incoming;
		const request = { method, path, authorization: headers.authorization ?? "" };
		requests.push(request);
		const body = Buffer.concat(await incoming.toArray());
		const answer = await fetch(`${simUrl}${path}`, {
			method,
			redirect: "manual",
			headers: headers.authorization === undefined ? {} : { authorization: headers.authorization },
			...(body.length > 0 ? { body } : {}),
		});
		const kept = Object.fromEntries([...answer.headers].filter(([name]) => !OWN_HEADERS.includes(name)));
		const named = (text: string) => text.replaceAll(simUrl, proxy.url);
		const type = answer.headers.get("content-type") ?? "";
		if (type.startsWith("text/event-stream") && answer.body !== null) {
			const changed = change(request, { status: answer.status, headers: kept, body: "" });
			outgoing.writeHead(changed?.status ?? answer.status, { ...kept, ...changed?.headers });
			// The simulator sends each event in one piece.
			for await (const piece of Readable.fromWeb(answer.body).setEncoding("utf8")) outgoing.write(named(piece));
			return outgoing.end();
		}
		const bytes = Buffer.from(await answer.arrayBuffer());
		const text = type.includes("json") ? named(bytes.toString()) : "";
		const changed = change(request, { status: answer.status, headers: kept, body: text });
		const sent = type.includes("json") ? Buffer.from(changed?.body ?? text) : bytes;
		const all = { ...kept, "content-length": String(sent.length), ...changed?.headers };
		outgoing.writeHead(changed?.status ?? answer.status, withoutEmpty(all));
		return outgoing.end(sent);
	};
	const proxy = await startServer((incoming, outgoing) => {
		// Either side may go in the middle of an answer.
		pass(incoming, outgoing).catch(() => outgoing.destroy());
	});
	return {
		...proxy,
		requests,
		setChange: (next: Change) => {
			change = next;
		},
	};
}

function withoutEmpty(headers: Readonly<Record<string, string>>): Record<string, string> {
	return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ""));
}
