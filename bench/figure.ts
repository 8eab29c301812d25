/** Figures of the bench, and the goals that judge them. */

/** Extent of a run. `guard` runs once and small: its counts mean something, its times do not. */
export type Size = "guard" | "quick" | "full";

export interface Goal {
	readonly is: "at most" | "at least";
	readonly value: number;
}

/** One row of the table. */
export interface Figure {
	readonly name: string;
	readonly value: number;
	/** `×` is a ratio to the floor or peer that `detail` names, `CLS` the layout shift that browsers count: 0 if nothing moved. */
	readonly unit: "×" | "ms" | "requests" | "rows" | "KB" | "MB" | "streams" | "$" | "CLS";
	/** Null if the figure is stated and not judged. */
	readonly goal: Goal | null;
	/** The parts of the value, with absolute times. Printed, and never judged. */
	readonly detail: string;
}

export interface Measured {
	readonly figures: readonly Figure[];
	/** Data of a plot. */
	readonly series?: unknown;
}

/** Series by the names of their cases. */
export type Series = Readonly<Record<string, unknown>>;

/** Measures one thing. It starts the processes that it needs, and stops them. `earlier` has the series of this run's earlier cases. */
export type Case = (size: Size, earlier: Series) => Promise<Measured>;

export function atMost(value: number): Goal {
	return { is: "at most", value };
}
export function atLeast(value: number): Goal {
	return { is: "at least", value };
}

export function isMet({ value, goal }: Figure): boolean {
	return goal === null || (goal.is === "at most" ? value <= goal.value : value >= goal.value);
}
