/**
 * Measures contestants in turn, round by round, so that other work of the machine slows all of them. Each round goes in the other
 * direction. Returns the values of each contestant, in order.
 */
export async function interleaved<Name extends string>(
	rounds: number,
	contestants: Readonly<Record<Name, () => Promise<number>>>,
): Promise<Readonly<Record<Name, readonly number[]>>> {
	const entries = Object.entries(contestants) as [Name, () => Promise<number>][];
	const values = Object.fromEntries(entries.map(([name]) => [name, []])) as unknown as Record<Name, number[]>;
	for (let round = 0; round < rounds; round += 1) {
		for (const [name, measure] of round % 2 === 0 ? entries : entries.toReversed()) values[name].push(await measure());
	}
	return values;
}
