/** Defines a question to fal: what is asked, what Darkroom relies on, what it costs, and how an answer is reduced to what is compared. */
import type { Result } from "../../src/result.ts";
import type { Evidence } from "./evidence.ts";

/** Names with values that are compared, such as `body.queue_position: number`. */
export type Facts = Readonly<Record<string, string>>;

export interface Answer {
	readonly status: number;
	/** By their names in lower case. */
	readonly headers: Facts;
	/** As text; empty if it is no text. */
	readonly body: string;
}

/** One thing that was seen. Samples of one case are compared together. The error says why there is no answer. */
export interface Sample {
	readonly case: string;
	readonly answer: Result<Answer, string>;
	/** Facts that the answer's form does not show, such as the validity of a signature. */
	readonly facts?: Facts;
	/** Shown to people, and not compared. */
	readonly shown?: Facts;
}

/** Says which parts of an answer are compared. Names of fields are paths such as `images[].url`, and stand for all below them. */
export interface Reduction {
	/** `shape`: each field and its kind. `nothing`: the status and the facts only, and the body is not shown. */
	readonly body: "shape" | "nothing";
	/** Fields whose text counts, not only its kind. */
	readonly literal?: readonly string[];
	/** Fields that may be anything. */
	readonly ignore?: readonly string[];
	/** Fields that may be null or missing. */
	readonly optional?: readonly string[];
}

/** A cancelled picture costs something only if fal made it before the cancel came. */
export type Cost = "picture" | "cancelled picture";

export interface Question {
	readonly id: string;
	readonly asks: string;
	/** Says what breaks in Darkroom if the answer differs. */
	readonly relies: string;
	/** Pictures to buy for it. Questions share them. */
	readonly costs: readonly Cost[];
	readonly needs?: "public address";
	readonly ask: (evidence: Evidence) => Promise<readonly Sample[]>;
	readonly reduce: Reduction;
	/** The facts that Darkroom relies on, as `fact`, `case > fact` or `case > *`, with all below them. A difference in others does no harm. */
	readonly relied: readonly string[];
}

/** The outcome of a question to one side. */
export type Finding =
	| { readonly kind: "asked"; readonly samples: readonly Sample[] }
	| { readonly kind: "not asked" | "no answer"; readonly reason: string };
