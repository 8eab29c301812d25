"""Draws with OpenAI's own package: a picture, a chat, and a job in the background that is resumed."""

import os

from openai import OpenAI

client = OpenAI(
    base_url=os.environ.get("DARKROOM_URL", "http://localhost:8787") + "/v1",
    api_key=os.environ.get("DARKROOM_KEY", "sk-darkroom-local"),
)

print("— A picture")
answer = client.images.generate(
    model="imagen4-preview",
    prompt="A red fox in the snow, watercolour",
    size="16:9",
    response_format="url",
)
print(answer.data[0].url)

print("\n— A chat: progress, then the picture as Markdown")
chat = client.chat.completions.create(
    model="darkroom",
    messages=[{"role": "user", "content": "A paper boat on a lake, 3:2"}],
    stream=True,
)
for chunk in chat:
    delta = chunk.choices[0].delta
    # Fields that are not OpenAI's are attributes too.
    print(getattr(delta, "reasoning_content", None) or delta.content or "", end="")

print("\n\n— A job in the background, whose stream breaks off")
job_id = None
last = -1
with client.responses.create(
    model="imagen4-preview",
    input="A lighthouse in a storm, 4:3",
    background=True,
    stream=True,
) as first:
    for event in first:
        if event.type == "response.created":
            job_id = event.response.id
        last = event.sequence_number
        print(last, event.type)
        # The connection is lost here. The job goes on.
        if event.type == "response.queued":
            break

print("… resumed")
with client.responses.retrieve(job_id, stream=True, starting_after=last) as resumed:
    for event in resumed:
        print(event.sequence_number, event.type)
        if event.type == "response.failed":
            print(event.response.error.message)
        if event.type == "response.output_item.done":
            print(" ", event.item.url, f"({len(event.item.result)} characters of base64)")
