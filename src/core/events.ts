/**
 * A job's log: numbered from 1, append-only, neutral to the API that is spoken. Every answer and the job's own state are
 * functions of it. Events are stored for as long as the job is kept, so a field may be added here but never renamed.
 */
import type { JobError } from "../errors.ts";
import type { Language } from "../language.ts";
import type { SchemaTraits } from "../models/catalogue/types.ts";
import type { PictureEstimate } from "../models/estimate.ts";
import type { ImageRequest, Used } from "../models/request.ts";
import type { MicroUsd } from "../money.ts";
import type { ResultRetry } from "./fal-answers.ts";

/** One event of a log. */
export type JobEvent = EventBody & {
	/** 1 for the first event of a job, without gaps. */
	readonly seq: number;
	/** Milliseconds since 1970. */
	readonly at: number;
};

export type EventBody =
	| Accepted
	/** Of slot 0, as they are, so that the log of a job with one slot has nothing else. */
	| SlotEventBody
	/** An event of a further slot. */
	| { readonly type: "slot"; readonly slot: number; readonly event: SlotEventBody }
	/** A slot of several has ended, slot 0 too. */
	| {
			readonly type: "slot_ended";
			readonly slot: number;
			readonly outcome: "succeeded" | "failed" | "cancelled";
			/** Absent: it did not fail. */
			readonly error?: JobError;
			/** The indexes of the pictures that were asked of it and that it will never have. */
			readonly missing: readonly number[];
	  }
	/** A client deleted the job: nobody can see it any more, and it is erased when it has ended. */
	| { readonly type: "deleting" }
	/** The last client that waited left without its answer: an equal request may join. */
	| { readonly type: "client_left" }
	/** After a client had left, another one got the answer. */
	| { readonly type: "delivered" }
	/** After the end: a client brought the thumbnail of a picture. */
	| ({ readonly type: "thumbnail" } & Thumbnail)
	/** After the end: the client's webhook took the notice of it. */
	| { readonly type: "notified"; readonly status: number }
	/** After the end: the client's webhook did not take it. `status` is null if it gave no answer; `retryAt` is null if it is given up. */
	| { readonly type: "notice_failed"; readonly status: number | null; readonly retryAt: number | null }
	/** After the end: what fal charges for the job's requests, as far as it tells by now. The others are asked about again at `retryAt`; null: no more. */
	| { readonly type: "billed"; readonly costs: readonly Billed[]; readonly retryAt: number | null }
	/** `seconds` from acceptance. */
	| { readonly type: "succeeded"; readonly seconds: number }
	| { readonly type: "failed"; readonly error: JobError }
	| { readonly type: "cancelled" };

/** The events of one request to fal. */
export type SlotEventBody =
	/** The intent to submit: durable before the request leaves. */
	| ({ readonly type: "submitting"; readonly endpoint: string; readonly used: Used } & OfFalAccount & Partial<Asked>)
	/** fal surely accepted nothing: it refuses this account, whatever is sent. In the same row another one is asked, or the slot ends. */
	| { readonly type: "account_refused"; readonly falAccount: string; readonly error: JobError }
	/** fal surely accepted nothing. The next try is not before `retryAt`. */
	| { readonly type: "refused"; readonly status: number | null; readonly retryAt: number }
	/** fal may have accepted: its webhook or its list of requests can tell, until `settleBy`. */
	| {
			readonly type: "answer_lost";
			readonly settleBy: number;
			/** The first look into fal's list; null or absent for none. */
			readonly lookUpAt?: number | null;
	  }
	/** fal's list of requests did not tell. It is asked again at `lookUpAt`; null: no more. */
	| {
			readonly type: "looked_up";
			readonly lookUpAt: number | null;
			/** It told that fal never got the request. Absent: it did not, or the slot's error says so. */
			readonly absent?: true;
	  }
	| ({ readonly type: "submitted"; readonly position: number | null } & Upstream)
	| { readonly type: "queued"; readonly position: number | null }
	| { readonly type: "running"; readonly logs: readonly string[] }
	/** fal is done, but its result could not be fetched at once. `error` is what fal says of a failure: the result may say more. */
	| { readonly type: "completed"; readonly error?: JobError }
	/** fal's result was asked for, and the answer was none. `status` is null if fal could not be reached. */
	| { readonly type: "result_unavailable"; readonly status: number | null; readonly retryFor: ResultRetry }
	/** The addresses that stand in a result in which no picture could be read: it is paid for. */
	| { readonly type: "addresses_kept"; readonly requestId: string; readonly addresses: readonly string[] }
	/** fal's result: the pictures to store. Names `requestId` because a webhook may come before the submit's answer. */
	| {
			readonly type: "generated";
			readonly requestId: string;
			readonly outputs: readonly Output[];
			/** The prompt that the model drew, if it is not the one that was sent. */
			readonly revisedPrompt?: string;
			/** fal's charge for the request, in units of its price. Absent: fal did not say, as its webhooks never do. */
			readonly billableUnits?: number;
	  }
	| ({ readonly type: "image" } & StoredImage)
	/** Like `image`, after the job had ended. */
	| ({ readonly type: "late_image" } & StoredImage)
	/** fal failed with a request of which nobody knew until its job had ended if fal had it. */
	| { readonly type: "late_failure"; readonly requestId: string; readonly error: JobError }
	/** A picture that could not be fetched from fal, and is given up. */
	| { readonly type: "image_lost"; readonly index: number; readonly why: string }
	| { readonly type: "rerouted"; readonly from: string; readonly to: string; readonly why: "model_gone" }
	| { readonly type: "cancelling"; readonly why: CancelReason };

/** Names the account at fal that a request is submitted with. */
export interface OfFalAccount {
	/** The fingerprint of its key. Absent: the log does not say, as before there could be several. */
	readonly falAccount?: string;
}

/** What fal charges for one request. */
export interface Billed {
	readonly requestId: string;
	readonly cost: MicroUsd;
}

/** The pictures that are asked of a slot. Absent in a job that asks one slot for all. */
export interface Asked {
	/** The index of the first. */
	readonly first: number;
	readonly count: number;
}

export type CancelReason = "client" | "deadline";

/** All that the job and every rendering of it need from the request. */
export interface Accepted {
	readonly type: "accepted";
	readonly account: string;
	/** Its place in the account's list. */
	readonly listing: number;
	readonly request: ImageRequest;
	readonly rendering: Rendering;
	/** The job is given up then. Milliseconds since 1970. */
	readonly deadlineAt: number;
	/** The job, its pictures and their links end then. Milliseconds since 1970. */
	readonly expiresAt: number;
	/** The address that fal is given for its webhook; null for none. */
	readonly webhook: string | null;
	/** The client's own webhook, which is told of the end. Absent: there is none. */
	readonly clientWebhook?: string;
	/** Cancels the job when its last client leaves. Absent: it goes on. */
	readonly onDisconnect?: "cancel";
	/**
	 * Chosen at random for this job. A submit carries it if the client gave no seed and the model takes one, so that fal's list of
	 * requests can tell it from an equal one. It is not the client's: only the job itself shows it. Absent: there is none.
	 */
	readonly ownSeed?: number;
	/** The model's traits as fal's schema has them, for a model that is not in the catalogue. Each submit is made by them. Absent: by the catalogue, or by a guess. */
	readonly traits?: SchemaTraits;
	/** The model that really draws, if it is another one's endpoint that edits pictures for the request's model. Absent: it is the model itself. */
	readonly drawnBy?: string;
	/** Null: if fal no longer has the model, no other goes on, since its successor is not offered. Absent: the successor does. */
	readonly successor?: null;
	/** Absent: the job is from before there were prices. */
	readonly price?: PictureEstimate;
	/** When the job has ended, fal is asked what it charges. Absent: nobody may ask. */
	readonly bill?: true;
	/** The job must not begin later: its account counts on it. Milliseconds since 1970. Absent: it may. */
	readonly startBy?: number;
	/** The id of the issued key that made it. Absent: a key of the operator's did. */
	readonly apiKey?: string;
}

/** The form of answer that the first request asked for: a resumed one gets the same. */
export interface Rendering extends Echoed {
	readonly api: "images" | "chat" | "responses";
	/** As the client wrote it, trimmed: answers echo it. Old logs hold it untrimmed. */
	readonly model: string;
	/** The origin of the request that made the job. Links have that of whoever reads; the code of before takes this one, after a rollback. */
	readonly origin: string;
	readonly progress: "reasoning" | "content" | "off";
	readonly includeUsage: boolean;
	/** The fields that the items of an Images answer have. */
	readonly responseFormat: "url" | "b64_json" | "both";
	/** The Response was asked for in the background: it echoes that. Absent: it was not. */
	readonly background?: boolean;
	/** Chooses the form of all answers, so that a deploy never changes those of a job that exists. Absent: 1. */
	readonly version?: number;
	/** The language of the user's words. Absent: English. */
	readonly language?: Language;
	/** The prompt as the user wrote it, with its size. Absent: as the request has it. */
	readonly written?: string;
	/**
	 * Says which pictures are drawn from: those that the request brought along, the last one of its conversation, or those that it names by
	 * their number. Absent: there are none.
	 */
	readonly edits?: "attached" | "last" | "named";
	/** The Response that this one goes on from, as the client wrote its id. Absent: none. */
	readonly previousResponse?: string;
}

/** New jobs are rendered so. A change of what the answers of a log look like counts it up, and leaves the older form as it is. */
export const RENDERING_VERSION = 3;

/** Returns the version of a job's answers. */
export function versionOf({ version = 1 }: Pick<Rendering, "version">): number {
	return version;
}

/** A rendering as a body asks for it, before the gateway adds its own part. */
export type AskedRendering = Omit<Rendering, "origin" | "progress" | "version" | "language" | "written">;

/** Fields that a Response echoes, and that mean nothing here. */
export interface Echoed {
	/** Absent: true. */
	readonly store?: boolean;
	/** Absent: none. */
	readonly metadata?: Readonly<Record<string, string>>;
}

/** A request in fal's queue, with the addresses that fal gave. An address is null if fal gave none on its own origin. */
export interface Upstream {
	readonly requestId: string;
	readonly statusUrl: string | null;
	readonly responseUrl: string | null;
	readonly cancelUrl: string | null;
}

/** One picture of fal's result. */
export interface Output {
	/** Null for a `data:` URI, which stays in fal's result and never enters the log. */
	readonly url: string | null;
	/** fal's safety checker blacked the picture out. */
	readonly nsfw: boolean;
}

export interface StoredImage {
	/** From 0, in fal's order; of a further slot behind those of the slots before. */
	readonly index: number;
	/** The R2 key, `images/<job>/<index>.<ext>`. */
	readonly key: string;
	/** The media type, as sniffed from the bytes. */
	readonly contentType: string;
	readonly bytes: number;
	readonly width: number | null;
	readonly height: number | null;
	readonly nsfw: boolean;
}

/** A small form of a stored picture, which a client made. */
export interface Thumbnail {
	/** The picture's. */
	readonly index: number;
	/** The R2 key, beside the picture's. */
	readonly key: string;
	/** The media type, as sniffed from the bytes. */
	readonly contentType: string;
	readonly bytes: number;
}

/** Cuts a log after its end. Pictures that come late are logged behind it, but no stream shows them. */
export function untilEnd<Event extends EventBody>(events: readonly Event[]): readonly Event[] {
	const end = events.findIndex(isTerminal);
	return end < 0 ? events : events.slice(0, end + 1);
}

/** The end of a job, or of a slot before it is written. */
export type Terminal = Extract<EventBody, { type: "succeeded" | "failed" | "cancelled" }>;

export function isTerminal<Event extends EventBody>(event: Event): event is Event & Terminal {
	return event.type === "succeeded" || event.type === "failed" || event.type === "cancelled";
}
