/** Says what a job's end means to its account: what it costs, and why. Its rules are the table of docs/money.md. */

import type { MicroUsd } from "../money.ts";
import { isTerminal, type JobEvent, type StoredImage } from "./events.ts";
import { type FlatEvent, flatten } from "./linked.ts";
import { cancellationOf, errorOf, type JobDetails, type Slot, transferOf, upstreamOf } from "./slot.ts";
import { EMPTY, evolve, type State } from "./state.ts";

/** Tells the account about a job's end. Absolute: a later settlement of the same job replaces the earlier one. */
export interface Settlement {
	readonly status: "succeeded" | "failed" | "cancelled";
	/** `paid` for what fal made; `kept` where fal may have charged and nobody can tell; `free`. */
	readonly charge: "paid" | "kept" | "free";
	/** 0 if it is free. */
	readonly cost: MicroUsd;
	readonly basis: "estimated" | "metered" | "billed";
	/** Stored, late ones too, and those that a deleted job dropped. */
	readonly pictures: number;
	/** Of those that were stored. */
	readonly bytes: number;
	/** The model that really drew. */
	readonly model: string;
	readonly endpoint: string;
	/** As it was really asked for, such as `16:9`. `WxH` of the first picture if that was left to the model. */
	readonly size: string;
	readonly source: "generation" | "edit";
	/** Milliseconds since 1970, as the other times. */
	readonly acceptedAt: number;
	readonly startedAt: number | null;
	readonly endedAt: number;
}

/** What a job tells the account that asks how it ended. `never`: it has not begun. */
export type JobEnd = Settlement | "running" | "never";

/** Returns null while the job has not ended. A job from before there were prices costs 0. */
export function settlementOf(log: readonly (JobEvent | FlatEvent)[]): Settlement | null {
	const events = log.map(flatten);
	const { state, lastLive } = replay(events);
	const job = state.slots[0]?.job;
	const end = events.find(isTerminal);
	if (job === undefined || end === undefined) return null;
	const bills = billsOf(events);
	const charges = state.slots.map(
		(slot, index) => billOf(slot, bills) ?? chargeOf(slot, lastLive.get(index) ?? null, slotOf(events, index)),
	);
	const costs = charges.filter((charge) => charge !== null);
	const images = events.filter((event) => event.type === "image" || event.type === "late_image");
	return {
		status: end.type,
		charge: (["paid", "kept"] as const).find((kind) => costs.some(({ charge }) => charge === kind)) ?? "free",
		cost: costs.reduce((sum, { cost }) => sum + cost, 0),
		basis:
			(["estimated", "metered", "billed"] as const).find((basis) => costs.some((cost) => cost.basis === basis)) ??
			"estimated",
		pictures: images.length + state.slots.reduce((sum, slot) => sum + droppedBy(slot), 0),
		bytes: images.reduce((sum, { bytes }) => sum + bytes, 0),
		...drawnAs(job),
		size: sizeOf(events, images),
		source: (job.request.inputs ?? []).length > 0 ? "edit" : "generation",
		acceptedAt: job.acceptedAt,
		startedAt: events.find(({ type }) => type === "running")?.at ?? null,
		endedAt: end.at,
	};
}

/** Counts the pictures that fal made of a deleted job, and that nobody stored. */
function droppedBy(slot: Slot): number {
	const transfer = slot.job.deleting ? transferOf(slot) : null;
	return transfer === null ? 0 : transfer.outputs.length - transfer.stored;
}

/** True for an event that may change what a job came to, or what the list shows of it, after its end too. */
export function changesSettlement(event: JobEvent): boolean {
	const { type } = event.type === "slot" ? event.event : event;
	return isTerminal(event) || CHANGES.has(type);
}

const CHANGES: ReadonlySet<FlatEvent["type"]> = new Set([
	"slot_ended",
	"generated",
	"late_failure",
	"image",
	"late_image",
	"image_lost",
	"thumbnail",
	"billed",
]);

interface Replayed {
	readonly state: State;
	/** Each ended slot as it was just before its end: how far it had come decides what it costs. */
	readonly lastLive: ReadonlyMap<number, Slot>;
}

function replay(log: readonly FlatEvent[]): Replayed {
	const lastLive = new Map<number, Slot>();
	let state = EMPTY;
	for (const event of log) {
		const before = state;
		state = evolve(before, event);
		for (const [index, slot] of state.slots.entries()) {
			const was = before.slots[index];
			if (was !== undefined && was.phase !== "ended" && slot.phase === "ended") lastLive.set(index, was);
		}
	}
	return { state, lastLive };
}

function slotOf(events: readonly FlatEvent[], index: number): readonly FlatEvent[] {
	return events.filter(({ slot = 0 }) => slot === index);
}

interface Charge {
	readonly charge: Settlement["charge"];
	readonly cost: MicroUsd;
	readonly basis: Settlement["basis"];
}

/** Returns what fal told of each request. What it told last counts. */
function billsOf(events: readonly FlatEvent[]): ReadonlyMap<string, MicroUsd> {
	const told = events.flatMap((event) => (event.type === "billed" ? event.costs : []));
	return new Map(told.map(({ requestId, cost }) => [requestId, cost]));
}

/** Returns null if fal told nothing of a slot's request. */
function billOf(slot: Slot, bills: ReadonlyMap<string, MicroUsd>): Charge | null {
	const cost = bills.get(upstreamOf(slot)?.requestId ?? "");
	if (cost === undefined) return null;
	return { charge: cost > 0 || transferOf(slot) !== null ? "paid" : "free", cost, basis: "billed" };
}

/** Returns null if it is free. @param last The slot before its end; null if it never began, or has not ended @param events Its own */
function chargeOf(slot: Slot, last: Slot | null, events: readonly FlatEvent[]): Charge | null {
	const transfer = transferOf(slot);
	if (transfer !== null) {
		const metered = meteredCost(slot.job, events);
		const cost = metered ?? transfer.outputs.length * pricePerPicture(slot.job);
		return { charge: "paid", cost, basis: metered === null ? "estimated" : "metered" };
	}
	if (isFree(slot, last, events)) return null;
	return { charge: "kept", cost: slot.job.count * pricePerPicture(slot.job), basis: "estimated" };
}

/** True if fal surely charges nothing: it never had the request, did not begin with it, or failed by its own fault. */
function isFree(slot: Slot, last: Slot | null, events: readonly FlatEvent[]): boolean {
	const before = last ?? slot;
	if (errorOf(slot)?.free === true || errorOf(before)?.free === true) return true;
	if (events.some((event) => event.type === "late_failure" && event.error.free === true)) return true;
	switch (before.phase) {
		// Not sent, or each submit was surely refused.
		case "ended":
		case "accepted":
			return true;
		// The submit's answer ended it. An older version of this code may have ended the job before that.
		case "submitting":
			return last !== null;
		case "unknown":
			return (
				errorOf(slot)?.code === "upstream_unavailable" ||
				events.some((event) => event.type === "looked_up" && event.absent === true)
			);
		case "queued":
			return last !== null && cancellationOf(last) !== null;
		default:
			return false;
	}
}

/** Returns null if fal did not meter the request, or nobody knows what a unit costs. */
function meteredCost({ price, model, request }: JobDetails, events: readonly FlatEvent[]): MicroUsd | null {
	const generated = events.findLast((event) => event.type === "generated");
	const units = generated?.billableUnits;
	if (units === undefined || price?.unit === undefined || model !== request.model) return null;
	return Math.ceil(units * price.unit);
}

function pricePerPicture({ price, model, request }: JobDetails): MicroUsd {
	if (price === undefined) return 0;
	return model === request.model ? price.perPicture : (price.successor ?? price.perPicture);
}

/** A successor draws in the place of the request's model, as another model does that edits for it. */
function drawnAs({ model, endpoint, drawnBy, request }: JobDetails): Pick<Settlement, "model" | "endpoint"> {
	return { model: model === request.model ? (drawnBy ?? model) : model, endpoint };
}

function sizeOf(events: readonly FlatEvent[], images: readonly StoredImage[]): string {
	const asked = events.findLast((event) => event.type === "submitting")?.used.size ?? "auto";
	const measured = images.find(({ width, height }) => width && height);
	return asked === "auto" && measured !== undefined ? `${measured.width}x${measured.height}` : asked;
}
