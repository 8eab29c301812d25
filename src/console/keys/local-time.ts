/** Writes and reads the person's own time as a `datetime-local` field has it. */

/** @param seconds Unix */
export function toLocalTime(seconds: number): string {
	const date = new Date(seconds * 1000);
	const two = (value: number) => String(value).padStart(2, "0");
	const day = `${String(date.getFullYear()).padStart(4, "0")}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
	return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** Returns Unix seconds; NaN for what is no time. */
export function fromLocalTime(text: string): number {
	// Without a zone behind it, a time is the person's own.
	return Math.floor(new Date(text).getTime() / 1000);
}
