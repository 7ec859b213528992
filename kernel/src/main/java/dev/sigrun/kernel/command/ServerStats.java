// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counters of the server as a whole, as {@code INFO} shows them. Owner thread only. */
public final class ServerStats {
    /** Commands that were executed or refused. */
    public long commandsProcessed;

    /** Connections that were accepted. */
    public long connectionsReceived;

    /** Connections that were refused for want of room. */
    public long connectionsRejected;

    /** Error replies. */
    public long errorReplies;

    /** Replies that internal faults produced. */
    public long internalErrors;

    /** Bytes that came from clients which have gone. */
    public long bytesInClosed;

    /** Bytes that went to clients which have gone. */
    public long bytesOutClosed;

    /** Bytes that came from the primary. */
    public long replicationBytesIn;

    /** Bytes that went to replicas. */
    public long replicationBytesOut;

    /** Clients that were closed since they left too much unread. */
    public long outputLimitDisconnections;

    /** Clients that went because all together took too much memory. */
    public long evictedClients;

    /** Clients that were closed since their requests grew too large. */
    public long queryLimitDisconnections;

    /** The most memory that was in use at a time; {@code CONFIG RESETSTAT} leaves it. */
    public long memoryPeakBytes;

    /** Memory that was in use before there was any data. */
    public long memoryStartupBytes;

    /** What had come in when the counters were zeroed. */
    public long bytesInBefore;

    /** What had gone out when the counters were zeroed. */
    public long bytesOutBefore;

    /** Connections to other servers that are kept for the next MIGRATE. */
    public long migrateCachedSockets;

    /** Batches of requests that were executed. */
    public long batches;

    /** Most requests in a batch. */
    public long batchCommandsMax;

    /** Batches whose entries were brought into the cache before they were executed. */
    public long prefetchBatches;

    /** Requests in those batches. */
    public long prefetchEntries;

    /** Commands a second, a moving average. */
    public final RateSampler operations = new RateSampler();

    /** Bytes in a second, a moving average. */
    public final RateSampler input = new RateSampler();

    /** Bytes out a second, a moving average. */
    public final RateSampler output = new RateSampler();

    /** Codes beyond so many are counted together, but for those of the server itself. */
    private static final int CODES_MAX = 128;

    private static final String OVERFLOW = "ERRORSTATS_OVERFLOW";

    /** The codes that Valkey's commands have, so that a script cannot crowd them out. */
    private static final Set<String> KNOWN_CODES =
            Set.of(
                    "ASK",
                    "BUSY",
                    "BUSYGROUP",
                    "BUSYKEY",
                    "CLUSTERDOWN",
                    "CROSSSLOT",
                    "DENIED",
                    "ERR",
                    "EXECABORT",
                    "INPROG",
                    "INVALIDOBJ",
                    "IOERR",
                    "LOADING",
                    "MASTERDOWN",
                    "MISCONF",
                    "MOVED",
                    "NOAUTH",
                    "NOGOODSLAVE",
                    "NOGROUP",
                    "NOKEY",
                    "NOMASTERLINK",
                    "NOPERM",
                    "NOPROTO",
                    "NOQUORUM",
                    "NOREPLICAS",
                    "NOSCRIPT",
                    "NOTBUSY",
                    "NOTREADY",
                    "OOM",
                    "OUTOFRANGE",
                    "READONLY",
                    "REDIRECT",
                    "SYNTAX",
                    "TRYAGAIN",
                    "UNBLOCKED",
                    "UNKILLABLE",
                    "WRONGPASS",
                    "WRONGTYPE");

    private final Map<String, long[]> errorsByCode = new TreeMap<>();

    /** Counts an error reply by its first word. */
    public void countError(String code) {
        errorReplies++;
        long[] count = errorsByCode.get(code);
        if (count == null) {
            boolean fits = errorsByCode.size() < CODES_MAX || KNOWN_CODES.contains(code);
            count = errorsByCode.computeIfAbsent(fits ? code : OVERFLOW, absent -> new long[1]);
        }
        count[0]++;
    }

    /** Number of error replies by their first word. */
    public Map<String, long[]> errorsByCode() {
        return errorsByCode;
    }

    /** Zeroes what {@code CONFIG RESETSTAT} zeroes. */
    public void reset() {
        commandsProcessed = 0;
        connectionsReceived = 0;
        connectionsRejected = 0;
        errorReplies = 0;
        bytesInClosed = 0;
        bytesOutClosed = 0;
        replicationBytesIn = 0;
        replicationBytesOut = 0;
        batches = 0;
        batchCommandsMax = 0;
        prefetchBatches = 0;
        prefetchEntries = 0;
        outputLimitDisconnections = 0;
        evictedClients = 0;
        queryLimitDisconnections = 0;
        errorsByCode.clear();
        operations.reset();
        input.reset();
        output.reset();
    }
}
