import { expect, it } from "vitest";
import { keepTime, notBefore, now, skewBy } from "./clock.ts";

const AT = Date.parse("Sun, 29 Nov 2026 14:00:00 GMT");

it.each([
	["the same time", 300, 0],
	["a slow answer", 2_400, 0],
	["a clock that is behind", -60_000, 60_500],
	["a clock that is ahead", 3_600_000, -3_599_500],
])("takes the gateway's clock: %s", (_, after, skew) => {
	expect(skewBy("Sun, 29 Nov 2026 14:00:00 GMT", AT + after)).toBe(skew);
});

it("keeps its own clock if an answer has no time", () => {
	expect(skewBy(null, AT)).toBeNull();
	expect(skewBy("soon", AT)).toBeNull();
});

it("is never behind an event", () => {
	const stop = keepTime();
	const later = Date.now() + 90_000;
	notBefore(later);
	expect(now.value).toBeGreaterThanOrEqual(later);
	stop();
});
