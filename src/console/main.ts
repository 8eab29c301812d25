/** The first code of the page: asks at once for what a visit begins with, while the rest is still loaded. */

import { askEarly } from "./api/early.ts";

askEarly();
// It uses what stands here, so it cannot be awaited.
void import("./begin.tsx");
