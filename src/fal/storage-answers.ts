/** Reads what fal's storage answers, as tables: the first row that fits counts. Source: fal's official clients (`storage.ts`, `client.py`). */
import * as z from "zod/mini";
import type { SubmitAnswer } from "../core/fal-answers.ts";
import type { JobError, JobErrorCode } from "../errors.ts";
import { validate } from "../validate.ts";
import { isPage, readFailure, toJobError } from "./failure.ts";
import { parseJson } from "./json.ts";
import { ACCOUNT_REFUSALS, meaningOf, type Row, signsOf } from "./meaning.ts";
import { accountSigns } from "./wire.ts";

/** fal's answer that keeps a submit from leaving: fal accepted nothing. */
export type NotSubmitted = Extract<SubmitAnswer, { kind: "busy" | "account_refused" | "refused" }>;

/** `unusable`: the storage does not take this picture, and another try would not change that. */
export type StorageFailure = NotSubmitted | { readonly kind: "unusable" };

/** An upload that fal's storage waits for. */
export interface Place {
	/** Takes the bytes, without the key. */
	readonly uploadUrl: string;
	/** The address of the bytes afterwards. */
	readonly fileUrl: string;
}

const MAX_URL_CHARS = 8_192;
const Url = z.string().check(z.minLength(1), z.maxLength(MAX_URL_CHARS));
const PlaceBody = z.object({ upload_url: Url, file_url: Url });

type StorageMeaning =
	| { readonly kind: "busy" | "account_refused"; readonly code: JobErrorCode }
	| { readonly kind: "unusable" };

const UNUSABLE: StorageMeaning = { kind: "unusable" };
const UNAVAILABLE: StorageMeaning = { kind: "busy", code: "upstream_unavailable" };

/**
 * Nothing was submitted, so whatever may pass is tried again with the submit. What refuses the account would refuse that, too. Any other
 * answer is `UNUSABLE`.
 */
const STORAGE_MEANINGS: readonly Row<StorageMeaning>[] = [
	...ACCOUNT_REFUSALS,
	{ status: [[429, 429]], means: { kind: "busy", code: "rate_limit_exceeded" } },
	{
		status: [
			[408, 408],
			[500, 599],
		],
		means: UNAVAILABLE,
	},
];

/** @param secrets Never shown, wherever fal's words have them */
export function readPlace(status: number, text: string, secrets: readonly string[]): Place | StorageFailure {
	const body = parseJson(text);
	const place = validate(PlaceBody, body);
	if (status >= 200 && status < 300 && place.success)
		return { uploadUrl: place.data.upload_url, fileUrl: place.data.file_url };
	const failure = readFailure(body ?? text, secrets);
	const signs = signsOf({ page: isPage(text), ...accountSigns(failure) });
	const meaning = meaningOf(STORAGE_MEANINGS, status, signs, UNUSABLE);
	if (meaning.kind === "unusable") return meaning;
	const error = toJobError(status, failure, meaning.code);
	return meaning.kind === "busy" ? { kind: "busy", status, error } : { kind: meaning.kind, error };
}

/** Null if the bytes are there. A bucket's own refusals say nothing about the key. */
export function readStored(status: number): StorageFailure | null {
	if (status >= 200 && status < 300) return null;
	const mayPass = status === 408 || status === 429 || status >= 500;
	return mayPass ? { kind: "busy", status, error: UNREACHABLE } : { kind: "unusable" };
}

const UNREACHABLE: JobError = { code: "upstream_unavailable", message: "fal's storage cannot be reached." };

export const STORAGE_UNREACHABLE: NotSubmitted = { kind: "busy", status: null, error: UNREACHABLE };
