import type { Floor } from "./env.ts";

/** A Worker that does nothing. */
export const empty: Floor = () => new Response("{}");
