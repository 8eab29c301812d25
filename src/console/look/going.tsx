/** Shows what goes on with many jobs, and a way to stop it. */

import { Button } from "../parts/button.tsx";

interface GoingProps {
	readonly text: string;
	/** Of what goes on. */
	readonly name: string;
	/** Absent: nobody knows. */
	readonly done?: number;
	readonly total?: number;
	readonly stop: string;
	readonly onStop: () => void;
}

export function Going({ text, name, done, total, stop, onStop }: GoingProps) {
	return (
		<>
			<span class="look-selected" role="status">
				{text}
			</span>
			<progress class="look-progress" aria-label={name} {...(done === undefined ? {} : { value: done, max: total })} />
			<Button onClick={onStop}>{stop}</Button>
		</>
	);
}
