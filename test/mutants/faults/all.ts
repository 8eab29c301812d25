/** All faults in the shells. */
import { ACCOUNT_FAULTS } from "./account.ts";
import { API_FAULTS } from "./api.ts";
import { EVERYWHERE_FAULTS } from "./everywhere.ts";
import { FAL_FAULTS } from "./fal.ts";
import type { Fault } from "./fault.ts";
import { HTTP_FAULTS } from "./http.ts";
import { JOB_FAULTS } from "./job.ts";
import { KEY_FAULTS } from "./keys.ts";
import { MEDIA_FAULTS } from "./media.ts";
import { TELEMETRY_FAULTS } from "./telemetry.ts";
import { UPLOAD_FAULTS } from "./uploads.ts";
import { WATCH_FAULTS } from "./watch.ts";

export const FAULTS: readonly Fault[] = [
	...JOB_FAULTS,
	...UPLOAD_FAULTS,
	...TELEMETRY_FAULTS,
	...WATCH_FAULTS,
	...ACCOUNT_FAULTS,
	...KEY_FAULTS,
	...MEDIA_FAULTS,
	...FAL_FAULTS,
	...API_FAULTS,
	...HTTP_FAULTS,
	...EVERYWHERE_FAULTS,
];
