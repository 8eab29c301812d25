/** A Worker that does nothing. */
import type { Floor } from "./env.ts";

export const empty: Floor = () => new Response("{}");
