import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { anyLog, anySuccess, anyWholeLog, outputs, play, stored, submitted, tick } from "../../../test/support/logs.ts";
import { NOW } from "../../../test/support/make.ts";
import { writeWithKeys } from "../../../test/support/pictures.ts";
import {
	eventsOf,
	RESPONSE_ID,
	renderResponseLog,
	type StreamEvent,
	startResponse,
} from "../../../test/support/response-stream.ts";
import type { LinkedEvent } from "../../core/linked.ts";
import { responsesFormat } from "./render.ts";
import { toResponse } from "./response.ts";
import { ResponseEvent } from "./schema.ts";

describe("a Response stream of any log", () => {
	it("is the same after the log went through storage", () => {
		fc.assert(
			fc.property(anyLog, (log) => {
				expect(renderResponseLog(JSON.parse(JSON.stringify(log)))).toEqual(renderResponseLog(log));
			}),
		);
	});

	it("resumes with the frame after the given number", () => {
		fc.assert(
			fc.property(anyLog, fc.integer({ min: -1, max: 40 }), (log, after) => {
				const rest = renderResponseLog(log).filter(
					({ data }) => (data as unknown as StreamEvent).sequence_number > after,
				);
				expect(renderResponseLog(log, after)).toEqual(rest);
			}),
		);
	});

	it("begins with the frames of the log's beginning", () => {
		fc.assert(
			fc.property(anyLog, fc.nat(20), (log, length) => {
				const beginning = renderResponseLog(log.slice(0, length));
				expect(renderResponseLog(log).slice(0, beginning.length)).toEqual(beginning);
			}),
		);
	});

	it("numbers its events from 0 without a gap, names each by its type, and has no `[DONE]`", () => {
		fc.assert(
			fc.property(anyLog, (log) => {
				for (const [index, { event, data }] of renderResponseLog(log).entries())
					expect(data).toMatchObject({ type: event, sequence_number: index });
			}),
		);
	});

	it("opens each item once, in order, before any event names it, and closes it at most once", () => {
		fc.assert(
			fc.property(anyLog, (log) => {
				const open = new Map<number, string>();
				const closed = new Set<number>();
				for (const { type, output_index = -1, item, item_id } of eventsOf(log)) {
					if (type === "response.output_item.added") {
						expect(output_index).toBe(open.size);
						open.set(output_index, item?.id ?? "");
					} else if (output_index >= 0) {
						expect(item?.id ?? item_id).toBe(open.get(output_index));
						expect(closed.has(output_index)).toBe(false);
						if (type === "response.output_item.done") closed.add(output_index);
					}
				}
				expect(new Set(open.values()).size).toBe(open.size);
				if (log.some(({ type }) => type === "succeeded")) expect(closed.size).toBe(open.size);
			}),
		);
	});

	it("ends with the whole Response of the log, whatever the log says later", () => {
		fc.assert(
			fc.property(anyWholeLog, fc.boolean(), (log, more) => {
				const events = eventsOf(more ? [...log, ...log] : log);
				const ends = events.flatMap(({ type }, index) =>
					type === "response.completed" || type === "response.failed" ? [index] : [],
				);
				expect(ends).toEqual([events.length - 1]);
				expect(events.at(-1)?.response).toEqual(toResponse(RESPONSE_ID, log));
			}),
		);
	});

	it("says the same of a picture in `output_item.done` and in the whole Response", () => {
		fc.assert(
			fc.property(anySuccess, (log) => {
				const { output } = toResponse(RESPONSE_ID, log);
				const done = eventsOf(log).filter(({ item }) => item?.status === "completed");
				expect(done.map(({ item }) => item)).toEqual(done.map(({ output_index = -1 }) => output[output_index]));
				expect(done.length).toBe(log.filter(({ type }) => type === "image").length);
			}),
		);
	});

	it("gives an event of an unknown type no frames", () => {
		fc.assert(
			fc.property(anyLog, fc.nat(20), fc.dictionary(fc.string(), fc.jsonValue()), (log, place, fields) => {
				const at = Math.min(place, log.length);
				const future = { ...fields, type: "upscaled", seq: at, at: NOW } as unknown as LinkedEvent;
				expect(renderResponseLog([...log.slice(0, at), future, ...log.slice(at)])).toEqual(renderResponseLog(log));
			}),
		);
	});

	it("is what its schema says", () => {
		fc.assert(
			fc.property(anyLog, (log) => {
				for (const { data } of renderResponseLog(log))
					expect(z.safeParse(ResponseEvent, JSON.parse(writeWithKeys(data))).error).toBeUndefined();
			}),
		);
	});
});

describe("responsesFormat", () => {
	it("prefixes the job's id, and renders the Response under it", () => {
		const id = responsesFormat.toId("1");
		expect(id).toBe(RESPONSE_ID);
		expect(responsesFormat.toBody(id, play([startResponse()]))).toMatchObject({ id, status: "queued" });
	});

	it("ends a stream with an error in the place of a missing picture", () => {
		expect(responsesFormat.toMissing?.({ code: "storing_failed", message: "It is missing." })).toEqual({
			event: "error",
			data: { type: "error", code: "storing_failed", message: "It is missing.", param: null },
		});
	});
});

describe("a picture that is late", () => {
	const log = play([startResponse(), submitted(), outputs(2), stored(0), [tick, 80_000], stored(1)]);
	const late = { status: "failed", error: { code: "storing_failed" }, result: null };

	it("closes its item before the stream ends", () => {
		expect(eventsOf(log).slice(-2)).toMatchObject([
			{ type: "response.output_item.done", output_index: 1, item: late },
			{ type: "response.completed", response: { status: "completed", output: [{ status: "completed" }, late] } },
		]);
	});

	it("is a failed item of the whole Response, which stays as it ended", () => {
		expect(toResponse(RESPONSE_ID, log)).toMatchObject({
			status: "completed",
			output: [{ status: "completed" }, late],
		});
		expect(toResponse(RESPONSE_ID, log)).toEqual(toResponse(RESPONSE_ID, log.slice(0, -1)));
	});
});
