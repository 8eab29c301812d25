/** The prompts of hidden requests, as data: each client's own words, and the file of its repository that holds them. */

import { CHERRY_STUDIO } from "./clients/cherry-studio.ts";
import type { HiddenPrompt } from "./clients/hidden-prompt.ts";
import { LIBRECHAT } from "./clients/librechat.ts";
import { LOBECHAT } from "./clients/lobechat.ts";
import { NEXTCHAT } from "./clients/nextchat.ts";
import { OPEN_WEBUI } from "./clients/open-webui.ts";
import { OTHER_CLIENTS } from "./clients/other-clients.ts";

/** The first row that fits counts. */
export const HIDDEN_PROMPTS: readonly HiddenPrompt[] = [
	...OPEN_WEBUI,
	...CHERRY_STUDIO,
	...LOBECHAT,
	...NEXTCHAT,
	...LIBRECHAT,
	...OTHER_CLIENTS,
];
