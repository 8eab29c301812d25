/** Holds a chat stream to the log of its job, by the words of docs/protocol.md: it shares no code with what renders it. */
import type { JobEvent } from "../../../src/core/events.ts";
import { flatten } from "../../../src/core/linked.ts";
import { DONE } from "./fault-clients.ts";
import { endOf } from "./fault-log.ts";
import type { Batch, Schedule } from "./fault-schedules.ts";
import { ORIGIN } from "./gateway.ts";

interface Chunk {
	readonly sequence_number?: number;
	readonly choices?: readonly {
		readonly delta: { readonly role?: string; readonly content?: string; readonly reasoning_content?: string };
		readonly finish_reason: string | null;
	}[];
	readonly usage?: object;
	readonly error?: { readonly code: string };
}

function chunksOf(frames: readonly string[]): readonly Chunk[] {
	const chunks: readonly Chunk[] = frames
		.filter((frame) => frame !== DONE)
		.map((frame) => JSON.parse(frame.slice("data: ".length)));
	// A keep-alive has no number. Whatever says something must have one.
	return chunks.filter(
		({ sequence_number, choices = [], usage, error }) =>
			sequence_number !== undefined ||
			usage !== undefined ||
			error !== undefined ||
			choices.some(({ delta, finish_reason }) => finish_reason !== null || Object.keys(delta).length > 0),
	);
}

/** @throws if a whole stream is not what its job's log and its schedule say */
export function checkStream(
	frames: readonly string[],
	log: readonly JobEvent[],
	{ settings, includeUsage }: Schedule,
	job: string,
): void {
	const chunks = chunksOf(frames);
	const say = (wanted: boolean, what: string) => {
		if (!wanted) throw new Error(`the stream ${what}:\n${frames.join("\n")}`);
	};
	const deltas = chunks.flatMap(({ choices = [] }) => choices.map(({ delta }) => delta));
	const contents = deltas.flatMap(({ content }) => (content === undefined || content === "" ? [] : [content]));
	const end = endOf(log);
	const flat = log.slice(0, end?.seq).map(flatten);
	const images = flat.filter((event) => event.type === "image");

	say(frames.at(-1) === DONE && frames.indexOf(DONE) === frames.length - 1, "does not end with one [DONE]");
	// The error of a job that failed is the one frame that is no chunk. It has a number, too.
	say(
		chunks.every(({ sequence_number }, index) => sequence_number === index),
		"has frames with wrong numbers",
	);
	say(deltas.filter(({ role }) => role === "assistant").length === 1, "does not begin once");
	say(chunks.filter(({ usage }) => usage !== undefined).length === (includeUsage ? 1 : 0), "has wrong usage");

	const base = settings.publicUrl ?? ORIGIN;
	const links = contents.filter((content) => content.startsWith("![Generated Image]("));
	const accepted = log.find((event) => event.type === "accepted");
	const exp = Math.floor((accepted?.expiresAt ?? 0) / 1_000);
	const wanted = images.map(
		({ key }) => `![Generated Image](${base}/images/${job}/${key.split("/").at(-1)}?exp=${exp}&sig=`,
	);
	say(
		links.length === wanted.length && wanted.every((beginning, index) => links[index]?.startsWith(beginning)),
		`does not show ${wanted.join(", ")}`,
	);

	const error = chunks.find((chunk) => chunk.error !== undefined)?.error?.code ?? null;
	const code = end?.type === "failed" ? end.error.code : end?.type === "cancelled" ? "cancelled" : null;
	say(error === code, `does not end with the error ${code}`);
	const finish = chunks.flatMap(({ choices = [] }) => choices.flatMap(({ finish_reason }) => finish_reason ?? []));
	say(finish.join() === (code === "moderation_blocked" ? "content_filter" : "stop"), "has a wrong finish_reason");

	const progress = settings.progress ?? "reasoning";
	const reasoned = deltas.some(({ reasoning_content }) => reasoning_content !== undefined);
	const quoted = contents.some((content) => content.startsWith("> "));
	say(progress === "reasoning" || !reasoned, "has reasoning that no setting asks for");
	say(progress === "content" || !quoted, "has quoted progress that no setting asks for");
	// fal had the request and its stream or status told of it before a picture was shown: that is a line. Of several requests one is followed.
	const shown = images[0]?.seq ?? Number.POSITIVE_INFINITY;
	const spoken = flat.some(
		({ type, slot, seq }) => slot === undefined && seq < shown && /^(queued|running|refused)$/.test(type),
	);
	say(!spoken || progress === "off" || (progress === "reasoning" ? reasoned : quoted), "shows no progress");
}

/** @throws if the stream of a job that was deleted ends otherwise than as cancelled, or as the job ended before */
export function checkDeletedStream(frames: readonly string[], { fal, settings }: Schedule, { jumps }: Batch): void {
	const chunks = chunksOf(frames);
	const error = chunks.find((chunk) => chunk.error !== undefined)?.error?.code ?? null;
	const finished = chunks.some(({ choices = [] }) => choices.some(({ finish_reason }) => finish_reason !== null));
	const mayFail =
		(fal.outcome !== "ok" && fal.outcome !== "nsfw") || settings.deadlineSeconds !== null || jumps.length > 0;
	if (frames.at(-1) === DONE && finished && (error === null || error === "cancelled" || mayFail)) return;
	throw new Error(`the stream of a deleted job ends so: ${frames.slice(-3).join("\n")}`);
}
