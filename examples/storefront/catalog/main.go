// The catalog: products, and how often each was looked at, which Redis counts.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

type product struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Cents int    `json:"cents"`
	Views int    `json:"views"`
}

var products = []product{
	{ID: "lamp", Name: "Desk lamp", Cents: 3900},
	{ID: "mug", Name: "Coffee mug", Cents: 1200},
	{ID: "print", Name: "Poster of a cairn", Cents: 2400},
}

func env(name, usual string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return usual
}

// redis sends one command and reads its answer, a number.
func redis(words ...string) (int, error) {
	conn, err := net.DialTimeout("tcp", env("REDIS_ADDR", "redis:6379"), 2*time.Second)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	fmt.Fprintf(conn, "*%d\r\n", len(words))
	for _, word := range words {
		fmt.Fprintf(conn, "$%d\r\n%s\r\n", len(word), word)
	}
	line, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil {
		return 0, err
	}
	if !strings.HasPrefix(line, ":") {
		return 0, fmt.Errorf("redis: %q", line)
	}
	return strconv.Atoi(strings.TrimSpace(line[1:]))
}

func answer(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(value); err != nil {
		log.Print(err)
	}
}

func main() {
	http.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "ok") })
	http.HandleFunc("/products", func(w http.ResponseWriter, r *http.Request) { answer(w, products) })
	http.HandleFunc("/products/", func(w http.ResponseWriter, r *http.Request) {
		id := strings.TrimPrefix(r.URL.Path, "/products/")
		for _, each := range products {
			if each.ID == id {
				views, err := redis("INCR", "views:"+id)
				if err != nil {
					http.Error(w, err.Error(), http.StatusBadGateway)
					return
				}
				each.Views = views
				answer(w, each)
				return
			}
		}
		http.NotFound(w, r)
	})
	log.Fatal(http.ListenAndServe(":"+env("PORT", "8001"), nil))
}
