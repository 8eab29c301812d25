/** What a bench case measures, and how it is judged. */

/** How much is run: `guard` once and small, for what is counted and not for how fast it is. */
export type Size = "guard" | "quick" | "full";

export interface Goal {
	readonly is: "at most" | "at least";
	readonly value: number;
}

/** One row of the table. */
export interface Figure {
	readonly name: string;
	readonly value: number;
	/** `×` is a ratio to the floor or peer that `detail` names. */
	readonly unit: "×" | "ms" | "requests" | "rows" | "KB" | "MB" | "streams" | "$";
	/** Null for what is only stated. */
	readonly goal: Goal | null;
	/** What the value was made of, with absolute times: printed, and never judged. */
	readonly detail: string;
}

export interface Measured {
	readonly figures: readonly Figure[];
	/** What a plot is drawn from. */
	readonly series?: unknown;
}

/** The series of cases, by their names. */
export type Series = Readonly<Record<string, unknown>>;

/** One question asked of the system. It starts what it needs and leaves nothing behind. `before`: of the cases that this run has asked already. */
export type Case = (size: Size, before: Series) => Promise<Measured>;

export function atMost(value: number): Goal {
	return { is: "at most", value };
}
export function atLeast(value: number): Goal {
	return { is: "at least", value };
}

export function isMet({ value, goal }: Figure): boolean {
	return goal === null || (goal.is === "at most" ? value <= goal.value : value >= goal.value);
}
