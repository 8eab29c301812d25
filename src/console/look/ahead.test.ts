import { expect, it } from "vitest";
import { runAhead } from "./ahead.ts";

/** Tasks that end in an order of the test's. */
function makeTasks(count: number) {
	const began: number[] = [];
	const ends = Array.from({ length: count }, () => Promise.withResolvers<number>());
	const tasks = ends.map(({ promise }, index) => () => {
		began.push(index);
		return promise;
	});
	return {
		began,
		tasks,
		end: (index: number) => ends[index]?.resolve(index),
		fail: (index: number) => ends[index]?.reject(new Error("lost")),
	};
}

it("gives results in order, whichever comes first", async () => {
	const { tasks, end } = makeTasks(4);
	for (const index of [3, 1, 0, 2]) end(index);
	expect(await Array.fromAsync(runAhead(tasks, 4))).toEqual([0, 1, 2, 3]);
});

it("begins no more tasks than may run at once", async () => {
	const { tasks, began, end } = makeTasks(5);
	const results = runAhead(tasks, 2);
	const first = results.next();
	expect(began).toEqual([0, 1]);
	end(1);
	end(0);
	await first;
	expect(began).toEqual([0, 1]);
	const second = results.next();
	expect(began).toEqual([0, 1, 2]);
	expect((await second).value).toBe(1);
});

it("throws when the result of a task that failed is taken", async () => {
	const { tasks, end, fail } = makeTasks(2);
	fail(1);
	end(0);
	const results = runAhead(tasks, 2);
	expect((await results.next()).value).toBe(0);
	await expect(results.next()).rejects.toThrow("lost");
});
