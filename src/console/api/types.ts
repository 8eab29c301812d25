/** The answers of the gateway, as their schemas describe them. Types alone: nothing of the Worker is bundled. */

import type * as z from "zod/mini";
import type * as accounts from "../../api/accounts/schema.ts";
import type * as fal from "../../api/fal/schema.ts";
import type * as jobs from "../../api/jobs/schema.ts";
import type * as keys from "../../api/keys/schema.ts";
import type * as models from "../../api/models/schema.ts";
import type * as quotes from "../../api/quote/schema.ts";
import type * as usage from "../../api/usage/schema.ts";

export type Job = z.output<typeof jobs.Job>;
export type ListedJob = z.output<typeof jobs.ListedJob>;
export type JobList = z.output<typeof jobs.JobList>;
export type JobEvent = z.output<typeof jobs.JobEventData>;
export type JobStatus = Job["status"];
export type Thumbnail = z.output<typeof jobs.Thumbnail>;
export type Picture = Job["images"][number];
export type Model = z.output<typeof models.Model>;
export type ModelList = z.output<typeof models.ModelList>;
export type Quote = z.output<typeof quotes.Quote>;
/** What a key is told of itself. */
export type Key = z.output<typeof keys.Key>;
/** An issued key, as the owner sees it. */
export type AccessKey = z.output<typeof keys.AccessKey>;
export type ShownAccessKey = z.output<typeof keys.ShownAccessKey>;
export type NewAccessKey = z.output<typeof keys.NewAccessKey>;
export type AccessKeyList = z.output<typeof keys.AccessKeyList>;
export type ModelsUsage = z.output<typeof usage.ModelsUsage>;
export type ImagesUsage = z.output<typeof usage.ImagesUsage>;
export type Costs = z.output<typeof usage.Costs>;
export type ErasedAccount = z.output<typeof accounts.ErasedAccount>;
export type AccountList = z.output<typeof accounts.AccountList>;
export type FalBalance = z.output<typeof fal.FalBalance>;
