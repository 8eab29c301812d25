import { expect, it } from "vitest";
import { runTimed } from "../../test/support/flows.ts";
import { of, submitted } from "../../test/support/logs.ts";
import { NOBODY, NOW } from "../../test/support/make.ts";
import { startMany } from "../../test/support/slots.ts";
import { nextAlarm } from "./alarm.ts";

const AGE_MS = 2_000;

it.each<readonly [webhook: string | null, followed: readonly number[], delayMs: number, does: string]>([
	[null, [], 500, "asks soon while somebody waits"],
	[null, [0], 500, "asks soon if only one of two is followed"],
	[null, [1], 500, "asks soon if only the other is followed"],
	[null, [0, 1], 60_000, "leaves both to their followers"],
	["https://gateway.test/hook", [], 4_000, "waits twice the job's age for a webhook"],
	["https://gateway.test/hook", [0], 600_000, "leaves both to the webhook and one follower"],
	["https://gateway.test/hook", [1], 600_000, "leaves both to the webhook and the other's follower"],
])(
	"the alarm of a job of two slots, with the webhook %s and followed %j, is %d ms ahead: it %s",
	(webhook, followed, delayMs) => {
		const start = startMany(7, "imagen4-preview", { webhook, deadlineAt: NOW + 900_000 });
		const { state } = runTimed([
			[start, 0],
			[submitted(), 0],
			[of(1, submitted()), 0],
		]);
		expect(nextAlarm(state, NOW + AGE_MS, { ...NOBODY, watched: true, followed })).toBe(NOW + AGE_MS + delayMs);
	},
);
