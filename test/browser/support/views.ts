/** Every view of the console, a row each: axe, the width and the screenshots go through this table. */

import type { Page } from "playwright-core";

/** What the account of the views has. */
export interface Seeded {
	/** Newest first, jobs that succeeded. */
	readonly jobs: readonly string[];
}

export interface View {
	readonly name: string;
	/** Behind the `#`. */
	readonly path?: string | ((seeded: Seeded) => string);
	/** Before anybody has signed in. */
	readonly isSignedOut?: true;
	/** For the owner alone. */
	readonly isOwners?: true;
	/** What somebody does there, in either language. Resolves when it can be looked at. */
	readonly act?: (page: Page) => Promise<void>;
}

export const VIEWS: readonly View[] = [
	{ name: "sign-in", isSignedOut: true },
	{ name: "pictures", path: "/" },
	{ name: "job", path: ({ jobs }) => `/job/${jobs[0]}` },
	{ name: "usage", path: "/usage" },
	{ name: "keys", path: "/keys", isOwners: true },
	{ name: "connect", path: "/connect" },
];

/** Undefined for a view that has no address. */
export function pathOf({ path }: View, seeded: Seeded): string | undefined {
	return typeof path === "function" ? path(seeded) : path;
}
