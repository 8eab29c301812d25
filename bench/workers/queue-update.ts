/** An update of one job's position in fal's queue, as the bench pushes it to a Worker. */
export interface QueueUpdate {
	readonly id: string;
	readonly position: number;
}
