import { describe, expect, it } from "vitest";
import { runFlow } from "../../../test/support/flows.ts";
import { lostImage, outputs, start, stored, submitted, tick } from "../../../test/support/logs.ts";
import { makeRequest } from "../../../test/support/make.ts";
import { type Settlement, settlementOf } from "../../core/settlement.ts";
import { createSettler } from "./settler.ts";

const begin = start({ request: makeRequest({ n: 2 }), price: { perPicture: 80_000, known: true } });
const running = [begin, submitted(), outputs(2), stored(0)];
const ended = [...running, ...Array.from({ length: 100 }, () => tick)];

describe("a settler", () => {
	it("tells the account once, and knows it", async () => {
		const told: Settlement[] = [];
		const { log } = runFlow([...running, lostImage(1)]);
		const settler = createSettler(
			() => settlementOf(log),
			async (settlement) => void told.push(settlement),
		);
		expect(settler.isSettled()).toBe(false);
		await settler.settle();
		expect(told).toMatchObject([{ charge: "paid", cost: 160_000, pictures: 1 }]);
		expect(settler.isSettled()).toBe(true);
	});

	it("tells it again of what came meanwhile", async () => {
		const told: number[] = [];
		let { log } = runFlow(ended);
		const settler = createSettler(
			() => settlementOf(log),
			async ({ pictures }) => {
				told.push(pictures);
				log = runFlow([...ended, stored(1)]).log;
			},
		);
		await settler.settle();
		expect(told).toEqual([1, 2]);
	});

	it("says nothing of a job that goes on", async () => {
		const settler = createSettler(
			() => settlementOf(runFlow(running).log),
			async () => expect.unreachable(),
		);
		await settler.settle();
	});

	it("does not know it if the call is lost, also after one that was not", async () => {
		let lost = false;
		const { log } = runFlow([...running, lostImage(1)]);
		const settler = createSettler(
			() => settlementOf(log),
			async () => {
				if (lost) throw new Error("lost");
			},
		);
		await settler.settle();
		lost = true;
		await expect(settler.settle()).rejects.toThrow("lost");
		expect(settler.isSettled()).toBe(false);
	});
});
