/** Declares what Cloudflare gives the Worker and its objects. */

import type { Account } from "./account/account.ts";
import type { Job } from "./job/object/job.ts";

/** Cloudflare gives these to the Worker and its objects: bindings, secrets and vars, unchecked. `readConfig` checks them. */
export interface Env {
	readonly JOB: DurableObjectNamespace<Job>;
	readonly ACCOUNT: DurableObjectNamespace<Account>;
	readonly IMAGES: R2Bucket;
	/** Cloudflare's own words about the deploy. Absent on a machine of one's own. */
	readonly VERSION_METADATA?: { readonly id: string; readonly tag: string; readonly timestamp: string };
	/** Takes a data point for each ended job. Absent: none is written. */
	readonly POINTS?: AnalyticsEngineDataset;

	readonly FAL_API_KEY?: string;
	readonly FAL_ADMIN_KEY?: string;
	readonly WORKER_ACCESS_KEY?: string;
	readonly SIGNING_KEY?: string;
	readonly OWNER?: string;

	readonly FAL_QUEUE_URL?: string;
	readonly FAL_API_URL?: string;
	readonly FAL_JWKS_URL?: string;
	readonly FAL_SCHEMA_URL?: string;
	readonly FAL_STORAGE_URL?: string;
	readonly PUBLIC_URL?: string;
	readonly DEFAULT_MODEL?: string;
	readonly MODELS?: string;
	readonly PROGRESS?: string;
	readonly PRICES?: string;
	/** A number where `wrangler.toml` has it without quotes. */
	readonly JOB_DEADLINE_SECONDS?: string | number;
	readonly RETENTION_DAYS?: string | number;
	readonly DEFAULT_PRICE?: string | number;
	readonly MAX_OPEN_JOBS?: string | number;
	readonly LOW_BALANCE?: string | number;
}
