/** Makes plain values for tests of an account's ledger. They are valid, and each test overrides what it needs. */
import type { Reservation } from "../../src/account/admission.ts";
import type { KeyLimits } from "../../src/account/limits.ts";
import type { Settlement } from "../../src/core/settlement.ts";
import { NOW } from "./make.ts";

export function makeReservation(overrides: Partial<Reservation> = {}): Reservation {
	return {
		apiKey: { id: "k", secretSha256: "00" },
		models: ["imagen4-preview"],
		images: 1,
		reserve: 40_000,
		model: "imagen4-preview",
		prompt: "a red fox",
		source: "generation",
		startBy: NOW + 60_000,
		maxOpenJobs: 100,
		...overrides,
	};
}

export function makeKeyLimits(overrides: Partial<KeyLimits> = {}): KeyLimits {
	return {
		id: "k",
		models: null,
		blocked: false,
		expiresAt: null,
		rpmLimit: null,
		maxParallelRequests: null,
		imagesPerDay: null,
		maxBudget: null,
		budgetDuration: null,
		budgetLimits: [],
		...overrides,
	};
}

export function makeSettlement(overrides: Partial<Settlement> = {}): Settlement {
	return {
		status: "succeeded",
		charge: "paid",
		cost: 40_000,
		basis: "estimated",
		pictures: 1,
		bytes: 1_000,
		model: "imagen4-preview",
		endpoint: "fal-ai/imagen4/preview",
		size: "16:9",
		source: "generation",
		acceptedAt: NOW,
		startedAt: NOW + 1_000,
		endedAt: NOW + 5_000,
		...overrides,
	};
}
