/** Makes the plan of a prompt from the words in it. */
import { err } from "../src/result.ts";
import { camelCase, type PlanChanges, type PlanResult, parseChanges, type SimWord } from "./plan.ts";
import { DEFAULT_SCENARIO, SCENARIOS } from "./scenarios.ts";

/** A scenario's name starts from the default scenario, and values without a name from the standing plan. Later words win. */
export function planOf(standing: PlanChanges, words: readonly SimWord[]): PlanResult {
	const named = words.some((word) => word.value === undefined);
	const changes: Record<string, unknown> = { ...(named ? SCENARIOS[DEFAULT_SCENARIO]?.plan : standing) };
	for (const { name, value } of words) {
		const scenario = Object.hasOwn(SCENARIOS, name) ? SCENARIOS[name] : undefined;
		if (value !== undefined) changes[camelCase(name)] = value;
		else if (scenario) Object.assign(changes, scenario.plan);
		else return err(`Unknown simulator scenario "${name}"`);
	}
	return parseChanges(changes);
}
