/** Calls each route once through a client that is generated from openapi.json. openapi.test.ts generates it and type-checks this file. */

import * as darkroom from "./client.ts";

const KEY = `key_owner-${"0".repeat(12)}`;
const JOB = `job_${"0".repeat(64)}`;

export async function callEach(): Promise<void> {
	const models = await darkroom.getModels();
	if (models.status === 200) for (const { id, created } of models.data.data) show(id, created + 1);
	const model = await darkroom.getModelsById("darkroom");
	if (model.status === 404) show(model.data.error.code satisfies "model_not_found");

	const images = await darkroom.postImagesGenerations({ prompt: "a fox", n: 1, response_format: "url" });
	if (images.status === 200) show(images.data.data[0]?.url);
	const task = await darkroom.postImagesGenerationsAsync({ prompt: "a fox" });
	if (task.status === 202) show(task.data.poll_url satisfies string);
	show((await darkroom.postImagesTasks({ prompt: "a fox" })).status);
	const edited = await darkroom.postImagesEdits({ prompt: "a fox", image: "https://example.org/fox.png" });
	if (edited.status === 200) show(edited.data.data[0]?.b64_json);
	show((await darkroom.postImagesEditsAsync({ image: "https://example.org/fox.png" })).status);
	const polled = await darkroom.getImagesTasksById(JOB);
	if (polled.status === 200) show(polled.data.result?.data[0]?.url, polled.data.error?.code);
	if (images.status === 202) show(images.data.status);
	const chat = await darkroom.postChatCompletions({ messages: [{ role: "user", content: "a fox" }] });
	if (chat.status === 200) show(chat.data.choices[0]?.message.content);
	const again = await darkroom.getChatCompletionsById(JOB, { stream: "true", startingAfter: 0 });
	if (again.status === 404) show(again.data.error.message);

	const response = await darkroom.postResponses({ input: "a fox", background: true });
	if (response.status === 200)
		for (const item of response.data.output) if (item.type === "image_generation_call") show(item.result);
	show((await darkroom.getResponsesById(JOB, {})).status);
	const items = await darkroom.getResponsesInputItems(JOB, { limit: 1, order: "asc" });
	if (items.status === 200) show(items.data.data[0]?.content[0]?.text);
	show((await darkroom.postResponsesCancel(JOB)).status);
	const gone = await darkroom.deleteResponsesById(JOB);
	if (gone.status === 200) show(gone.data.deleted);

	const jobs = await darkroom.getJobs({ limit: 2, status: "succeeded" });
	if (jobs.status === 200)
		for (const { images: pictures, error } of jobs.data.data) show(pictures[0]?.url, error?.code);
	const job = await darkroom.getJobsById(JOB);
	if (job.status === 200) show(job.data.progress.queue_position);
	const events = await darkroom.getJobsEvents(JOB, { after: 1 });
	if (events.status === 204) show(events.headers.get("x-job-id"));
	const thumbnail = await darkroom.putJobsImagesThumbnail(JOB, "0", new Blob([]));
	if (thumbnail.status === 201) show(thumbnail.data.url satisfies string);
	show((await darkroom.getJobsImagesThumbnail(JOB, "0")).status);
	show((await darkroom.postJobsCancel(JOB)).status);
	show((await darkroom.deleteJobsById(JOB)).status);

	const key = await darkroom.getKey();
	if (key.status === 200) show(key.data.webhook_secret satisfies string, key.data.limits?.max_budget);
	const issued = await darkroom.postKeys({ name: "Bob", max_budget: 5, budget_duration: "1mo" });
	if (issued.status === 200) show(issued.data.key satisfies string);
	const keys = await darkroom.getKeys({ account: "bob", limit: 2 });
	if (keys.status === 200) for (const { id, redacted_value } of keys.data.data) show(id, redacted_value);
	show((await darkroom.getKeysById(KEY)).status);
	show((await darkroom.patchKeysById(KEY, { blocked: true })).status);
	show((await darkroom.postKeysRotate(KEY, { grace_period: "48h" })).status);
	show((await darkroom.deleteKeysById(KEY)).status);
	const usage = await darkroom.getOrganizationUsageImages(0, { groupBy: ["model", "size"], limit: 31 });
	if (usage.status === 200) show(usage.data.data[0]?.results[0]?.images);
	const costs = await darkroom.getOrganizationCosts(0, { groupBy: ["line_item"] });
	if (costs.status === 200) show(costs.data.data[0]?.results[0]?.amount.value);
	const budget = await darkroom.getDashboardBillingSubscription();
	if (budget.status === 200) show(budget.data.hard_limit_usd satisfies number);
	const spent = await darkroom.getDashboardBillingUsage({ startDate: "2026-11-01" });
	if (spent.status === 200) show(spent.data.total_usage satisfies number);
	const byModel = await darkroom.getUsageModels({ days: 7 });
	if (byModel.status === 200) show(byModel.data.data[0]?.p95_seconds);
	const csv = await darkroom.getUsageCsv("2026-11");
	if (csv.status === 200) show(csv.data);
	const quote = await darkroom.postQuote({ prompt: "a fox", n: 2 });
	if (quote.status === 200) show(quote.data.usd satisfies number);
	const left = await darkroom.getFalBalance();
	if (left.status === 200) for (const { balance, error } of left.data.accounts) show(balance, error?.message);
	const accounts = await darkroom.getAccounts({ limit: 10 });
	if (accounts.status === 200) show(accounts.data.data[0]?.name);
	const erased = await darkroom.deleteAccountsById("bob");
	if (erased.status === 202) show(erased.data.jobs_left);
	const picture = await darkroom.getImagesById("job", "0.png", "1", "sig");
	if (picture.status === 200) show(picture.data);
	show((await darkroom.headImagesById("job", "0.png", "1", "sig")).status);
	const input = await darkroom.getInputsById("job", "0", "1", "sig");
	if (input.status === 200) show(input.data);
	show((await darkroom.headInputsById("job", "0", "1", "sig")).status);
	show((await darkroom.postWebhooksFalById("job", "mac")).status);
	show((await darkroom.postWebhooksFalByIdAndSlot("job", "1", "mac")).status);
	const manifest = await darkroom.getIntegrationsGptImagePlaygroundJson();
	if (manifest.status === 200) show(manifest.data.profiles[0]?.baseUrl);
	const metrics = await darkroom.getMetrics();
	if (metrics.status === 200) show(metrics.data satisfies string);
	const version = await darkroom.getVersion();
	if (version.status === 200) show(version.data.version, version.data.deploy?.tag);
	const alive = await darkroom.getHealthz();
	if (alive.status === 200) show(alive.data.status satisfies "ok" | "failing", alive.data.checks?.[0]?.ok);
}

function show(...values: readonly unknown[]): void {
	console.log(...values);
}
