/** `npm run models:check`: compares the rows of the catalogue with the schemas that fal publishes now. Needs the network, and no key. */

import { FAL_SCHEMA_URL, run } from "./models-check/run.ts";

process.exitCode = await run(process.env.FAL_SCHEMA_URL ?? FAL_SCHEMA_URL, (line) => console.log(line));
