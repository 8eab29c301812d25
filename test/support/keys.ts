/** The settings of an issued key that has no limit. */

import type { KeySettings } from "../../src/account/key-record.ts";

export const NO_LIMITS: KeySettings = {
	name: "",
	models: null,
	maxBudget: null,
	budgetDuration: null,
	budgetLimits: [],
	rpmLimit: null,
	maxParallelRequests: null,
	imagesPerDay: null,
	expiresAt: null,
	blocked: false,
	webhookUrl: null,
	metadata: {},
};
