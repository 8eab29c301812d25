/** The prompts of hidden requests, as data: each client's own words. A comment names the file of its repository that holds them. */

import { ANY_CLIENT } from "./clients/any-client.ts";
import { CHERRY_STUDIO } from "./clients/cherry-studio.ts";
import type { HiddenPrompt } from "./clients/hidden-prompt.ts";
import { LIBRECHAT } from "./clients/librechat.ts";
import { LOBECHAT } from "./clients/lobechat.ts";
import { NEXTCHAT } from "./clients/nextchat.ts";
import { OPEN_WEBUI } from "./clients/open-webui.ts";
import { OTHER_CLIENTS } from "./clients/other-clients.ts";
import { RIKKAHUB_AND_KELIVO } from "./clients/rikkahub.ts";

/** The first row that fits counts. */
export const HIDDEN_PROMPTS: readonly HiddenPrompt[] = [
	...OPEN_WEBUI,
	...CHERRY_STUDIO,
	...LOBECHAT,
	...NEXTCHAT,
	...LIBRECHAT,
	...RIKKAHUB_AND_KELIVO,
	...OTHER_CLIENTS,
	...ANY_CLIENT,
];
