import { expect, it } from "vitest";
import { blamedField } from "./param.ts";

it.each([
	["account", { field: "account", row: null }],
	["max_budget", { field: "max_budget", row: null }],
	["models", { field: "models", row: null }],
	["models[1]", { field: "models", row: 1 }],
	["budget_limits[0].max_budget", { field: "budget_limits", row: 0 }],
	["metadata.team", null],
	["prompt", null],
	["", null],
	[null, null],
])("%j is of %j", (param, blamed) => {
	expect(blamedField(param)).toEqual(blamed);
});
