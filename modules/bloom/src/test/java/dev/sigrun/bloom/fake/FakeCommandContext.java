// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.fake;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.Client;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.Wait;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.Keyspace;
import dev.sigrun.spi.replication.Replication;
import dev.sigrun.spi.type.CommandEmitter;
import java.util.List;
import java.util.random.RandomGenerator;

/** The context of one command after the other. */
public final class FakeCommandContext implements CommandContext, Args, Client, Replication {
    private final FakeServer server;
    private final FakeReply reply = new FakeReply();
    private Bytes[] arguments = {};
    private FakeKey key;
    private FakeEmitter emitted = new FakeEmitter();
    private boolean verbatim;
    private boolean replicated;

    FakeCommandContext(FakeServer server) {
        this.server = server;
    }

    void prepare(Bytes... newArguments) {
        arguments = newArguments;
        key = arguments.length > 1 ? server.key(arguments[1].text()) : null;
        emitted = new FakeEmitter();
        verbatim = false;
    }

    /** Whether commands come from a primary. */
    public void setReplicated(boolean fromPrimary) {
        replicated = fromPrimary;
    }

    /** How the last command replicated: "verbatim", the commands, or "". */
    public String replicated() {
        List<List<String>> commands = emitted.commands();
        if (verbatim && !commands.isEmpty()) {
            throw new AssertionError("replicated twice");
        }
        return verbatim ? "verbatim" : commands.isEmpty() ? "" : commands.toString();
    }

    /** The only command the last one replicated as. */
    public String[] replicatedCommand() {
        return emitted.commands().getFirst().toArray(new String[0]);
    }

    @Override
    public Args args() {
        return this;
    }

    @Override
    public FakeReply reply() {
        return reply;
    }

    @Override
    public Client client() {
        return this;
    }

    @Override
    public Key read(int index) {
        return key;
    }

    @Override
    public Key write(int index) {
        return key;
    }

    @Override
    public Keyspace keyspace() {
        throw new AssertionError("not a call of this plugin");
    }

    @Override
    public Replication replication() {
        return this;
    }

    @Override
    public long nowMillis() {
        return 0;
    }

    @Override
    public RandomGenerator random() {
        return server.random();
    }

    @Override
    public long stringBytesMax() {
        return 1L << 29;
    }

    @Override
    public int count() {
        return arguments.length;
    }

    @Override
    public Bytes bytes(int index) {
        return arguments[index];
    }

    @Override
    public boolean is(int index, String word) {
        return arguments[index].is(word);
    }

    @Override
    public long longAt(int index) throws CommandException {
        throw CommandException.NOT_AN_INTEGER;
    }

    @Override
    public long longAt(int index, long min, long max, CommandException error)
            throws CommandException {
        throw error;
    }

    @Override
    public double doubleAt(int index) throws CommandException {
        throw CommandException.NOT_A_FLOAT;
    }

    @Override
    public long id() {
        return 1;
    }

    @Override
    public int db() {
        return 0;
    }

    @Override
    public int protocol() {
        return 3;
    }

    @Override
    public boolean isReplicated() {
        return replicated;
    }

    @Override
    public boolean isInScript() {
        return false;
    }

    @Override
    public void verbatim() {
        verbatim = true;
    }

    @Override
    public void nothing() {
        throw new AssertionError("not a call of this plugin");
    }

    @Override
    public CommandEmitter instead() {
        return emitted;
    }

    @Override
    public boolean mayBlock() {
        return false;
    }

    @Override
    public void block(Wait wait) {
        throw new AssertionError("not a call of this plugin");
    }
}
