/** Says that something could not be read, why, and offers to try again. */

import type { Failure } from "../api/failure.ts";
import { Button } from "./button.tsx";
import { words } from "./words.ts";

export function Problem({ failure, onRetry }: { readonly failure: Failure; readonly onRetry?: () => void }) {
	return (
		<div class="problem" role="alert">
			<p>{explainFailure(failure)}</p>
			{onRetry !== undefined && (
				<Button icon="refresh" onClick={onRetry}>
					{words().retry}
				</Button>
			)}
		</div>
	);
}

/** Returns a sentence: the gateway's own, if it gave one. */
export function explainFailure(failure: Failure): string {
	const w = words();
	if (failure.kind !== "refused") return w.unreachable;
	return failure.message === "" ? w.refused(failure.status) : failure.message;
}
