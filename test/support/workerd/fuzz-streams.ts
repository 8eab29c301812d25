/** Says what is wrong with a stream of server-sent events: its form, its order, its end. */
import * as z from "zod/mini";
import { readJson } from "./fuzz-checks.ts";
import { type Answer, cut } from "./fuzz-client.ts";

interface Frame {
	readonly id: string | undefined;
	readonly event: string | undefined;
	readonly data: string;
}

/** one-api's scanner stops at a line of this length. */
const LINE_MAX_BYTES = 65_536;

export function objectionsToStream(answer: Answer): string[] {
	const { text, end, sent } = answer;
	const blocks = text.split("\n\n");
	const rest = blocks.pop() ?? "";
	const frames = blocks.filter((block) => !block.startsWith(":")).map(parse);
	const bad = frames.filter((frame) => typeof frame === "string");
	if (bad.length > 0) return [`an event of an odd form: ${cut(bad.join(), 300)}`];
	const good = frames.filter((frame) => typeof frame !== "string");
	return [
		...(end === "whole" && rest !== "" ? [`the stream ends inside of an event: ${cut(rest, 200)}`] : []),
		...(end === "whole" ? objectionsToEnd(answer, good) : []),
		...good.flatMap((frame) => objectionsToFrame(answer, frame)),
		...objectionsToOrder(good),
		...(sent.route.path.startsWith("/v1/chat") ? linesTooLong(text) : []),
	];
}

/** Returns the block itself if it is no event. */
function parse(block: string): Frame | string {
	const lines = block.split("\n").map((line) => /^(id|event|data|retry): (.*)$/s.exec(line));
	if (lines.includes(null)) return block;
	const fields = lines.flatMap((line) => (line === null ? [] : [[line[1] ?? "", line[2] ?? ""] as const]));
	const data = fields.filter(([name]) => name === "data");
	const of = (name: string) => fields.find(([other]) => other === name)?.[1];
	return data.length === 1 ? { id: of("id"), event: of("event"), data: data[0]?.[1] ?? "" } : block;
}

function objectionsToFrame({ sent }: Answer, { id, event, data }: Frame): string[] {
	const { route } = sent;
	if (id !== undefined && !route.path.startsWith("/v1/jobs")) return [`an id: line on ${route.path}`];
	if (data === "[DONE]") return [];
	const body = readJson(data);
	if (body === undefined) return [`an event that is no JSON: ${cut(data, 200)}`];
	const shapes = route.answers.flatMap(({ events }) => events ?? []);
	const fits = shapes.length === 0 || shapes.some((shape) => z.safeParse(shape, body).success);
	const isNamed =
		event === undefined || (typeof body === "object" && body !== null && Reflect.get(body, "type") === event);
	return [
		...(fits ? [] : [`an event of another shape than the table of routes says: ${cut(data, 300)}`]),
		...(isNamed ? [] : [`an event ${event} of another type: ${cut(data, 200)}`]),
	];
}

const ENDS = /"type":"(?:error|response\.(?:completed|failed|incomplete)|succeeded|failed|cancelled)"/;

/** A stream of a job that was deleted ends without its end. */
function objectionsToEnd({ sent, headers }: Answer, frames: readonly Frame[]): string[] {
	const last = frames.at(-1)?.data;
	if (!headers.has("x-job-id") || last === undefined) return [];
	if (sent.route.path.startsWith("/v1/images"))
		return /"type":"(?:error|image_(?:generation|edit)\.completed)"/.test(last)
			? []
			: [`it ends with ${cut(last, 200)}`];
	if (sent.route.path.startsWith("/v1/chat")) return last === "[DONE]" ? [] : [`it ends with ${cut(last, 200)}`];
	return ENDS.test(last) ? [] : [`it ends with ${cut(last, 200)}`];
}

function objectionsToOrder(frames: readonly Frame[]): string[] {
	const numbers = frames.flatMap(({ data }) => {
		const body = readJson(data);
		const number = typeof body === "object" && body !== null ? Reflect.get(body, "sequence_number") : undefined;
		return typeof number === "number" ? [number] : [];
	});
	const gap = numbers.findIndex((number, index) => index > 0 && number !== (numbers[index - 1] ?? 0) + 1);
	return gap < 0 ? [] : [`a gap before frame ${gap}: ${numbers.slice(0, gap + 1)}`];
}

function linesTooLong(text: string): string[] {
	const long = text.split("\n").some((line) => new TextEncoder().encode(line).length >= LINE_MAX_BYTES);
	return long ? ["a line is too long"] : [];
}
