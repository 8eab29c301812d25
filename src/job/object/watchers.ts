/** The sockets of a job's watchers. They outlive the instance, so all that is known of a watcher is kept on its socket. */
import type { JobEvent } from "../../core/events.ts";
import { CLOSE, type ObjectMessage, parseWatcherMessage, type WatcherMessage } from "../watch/protocol.ts";

export interface Watchers {
	/** Accepts a socket and sends it the backlog, without an await between: no event can be missed. */
	add(socket: WebSocket, backlog: readonly JobEvent[]): void;
	send(events: readonly JobEvent[]): void;
	/** Reads a watcher's message; null for one that cannot be read. */
	receive(socket: WebSocket, message: string | ArrayBuffer): WatcherMessage | null;
	/** Asks a watcher to follow fal's status stream, if none does and one can. */
	askToFollow(streamUrl: string): void;
	watched(): boolean;
	/** Remembers, by the watchers that stay, that a client left without its answer. */
	rememberLeaving(): void;
	/** True if a client left without its answer while this watcher stayed. */
	sawLeaving(socket: WebSocket): boolean;
	followed(): boolean;
	closeAll(): void;
}

/** Kept in the socket, and read by later deploys: its words stay. */
interface Attachment {
	/** `able` may be asked, `following` was asked, `unable` tried and could not. */
	readonly follower: "able" | "following" | "unable";
	/** A client left without its answer meanwhile. Absent: none. */
	readonly sawLeaving?: true;
}

export function createWatchers(ctx: DurableObjectState): Watchers {
	const open = () => ctx.getWebSockets().filter((socket) => socket.readyState === WebSocket.READY_STATE_OPEN);
	const attachmentOf = (socket: WebSocket) => socket.deserializeAttachment() as Attachment;
	const attach = (socket: WebSocket, changes: Partial<Attachment>) =>
		socket.serializeAttachment({ ...attachmentOf(socket), ...changes });
	const followerOf = (socket: WebSocket): Attachment["follower"] => attachmentOf(socket).follower;
	const sendTo = (socket: WebSocket, message: ObjectMessage) => {
		try {
			socket.send(JSON.stringify(message));
		} catch {
			// The watcher is gone: its close event comes by itself.
		}
	};
	const followed = () => open().some((socket) => followerOf(socket) === "following");

	return {
		add: (socket, backlog) => {
			ctx.acceptWebSocket(socket);
			attach(socket, { follower: "able" });
			sendTo(socket, { type: "events", events: backlog });
		},
		send: (events) => {
			for (const socket of open()) sendTo(socket, { type: "events", events });
		},
		receive: (socket, text) => {
			const message = typeof text === "string" ? parseWatcherMessage(text) : null;
			if (message?.type === "unfollowed") attach(socket, { follower: "unable" });
			return message;
		},
		askToFollow: (streamUrl) => {
			if (followed()) return;
			const socket = open().find((candidate) => followerOf(candidate) === "able");
			if (socket === undefined) return;
			attach(socket, { follower: "following" });
			sendTo(socket, { type: "follow", streamUrl });
		},
		watched: () => open().length > 0,
		rememberLeaving: () => {
			for (const socket of open()) attach(socket, { sawLeaving: true });
		},
		sawLeaving: (socket) => attachmentOf(socket).sawLeaving === true,
		followed,
		closeAll: () => {
			for (const socket of open()) socket.close(CLOSE.other, "the job was deleted");
		},
	};
}
