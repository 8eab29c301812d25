import { expect, it } from "vitest";
import { statusOf } from "./status.ts";

const NOW = 1_795_960_000;
const DAY = 86_400;

it.each([
	["active", {}],
	["blocked", { blocked: true }],
	["blocked", { blocked: true, expires_at: NOW + 1 }],
	["expired", { expires_at: NOW }],
	["expired", { blocked: true, expires_at: NOW - 1 }],
	["expiring", { expires_at: NOW + 1 }],
	["expiring", { expires_at: NOW + 3 * DAY, grace_until: NOW + 1 }],
	["active", { expires_at: NOW + 3 * DAY + 1 }],
	["rotating", { grace_until: NOW + 1 }],
	["active", { grace_until: NOW }],
])("is %s with %j", (status, key) => {
	expect(statusOf({ blocked: false, expires_at: null, grace_until: null, ...key }, NOW)).toBe(status);
});
