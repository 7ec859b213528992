// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.script;

import dev.sigrun.spi.Bytes;

/** Functions by name, without regard to case. Finding one allocates nothing. Owner thread only. */
final class FunctionTable {
    private LoadedFunction[] places = new LoadedFunction[64];
    private int size;

    int size() {
        return size;
    }

    LoadedFunction find(Bytes name) {
        int hash = 0;
        for (int i = 0; i < name.length(); i++) {
            hash = hash * 31 + lower(name.byteAt(i));
        }
        LoadedFunction function = places[place(hash)];
        while (function != null && !name.is(function.name)) {
            function = function.next;
        }
        return function;
    }

    LoadedFunction find(String name) {
        LoadedFunction function = places[place(hash(name))];
        while (function != null && !function.name.equalsIgnoreCase(name)) {
            function = function.next;
        }
        return function;
    }

    void add(LoadedFunction function) {
        if (size == places.length) {
            grow();
        }
        link(function);
        size++;
    }

    private void link(LoadedFunction function) {
        int place = place(hash(function.name));
        function.next = places[place];
        places[place] = function;
    }

    private void grow() {
        LoadedFunction[] old = places;
        places = new LoadedFunction[old.length * 2];
        for (LoadedFunction chain : old) {
            LoadedFunction function = chain;
            while (function != null) {
                LoadedFunction next = function.next;
                link(function);
                function = next;
            }
        }
    }

    void remove(LoadedFunction function) {
        int place = place(hash(function.name));
        if (places[place] == function) {
            places[place] = function.next;
        } else {
            LoadedFunction before = places[place];
            while (before.next != function) {
                before = before.next;
            }
            before.next = function.next;
        }
        function.next = null;
        size--;
    }

    private int place(int hash) {
        return (hash ^ hash >>> 16) & places.length - 1;
    }

    private static int hash(String name) {
        int hash = 0;
        for (int i = 0; i < name.length(); i++) {
            hash = hash * 31 + lower((byte) name.charAt(i));
        }
        return hash;
    }

    private static int lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
    }
}
